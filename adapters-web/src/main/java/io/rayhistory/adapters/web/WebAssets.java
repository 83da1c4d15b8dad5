package io.rayhistory.adapters.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The files behind the pages: those named in {@code files.txt}, and of lit-html's WebJar only what is imported. All are
 * read and compressed once; together they are some 100 kB. Their names carry a hash over all of them, so that browsers may keep
 * them for ever. Immutable.
 */
public final class WebAssets {
    private static final String LIBRARY = "/META-INF/resources/webjars/lit-html/3.3.2/";
    private static final List<String> LIBRARY_FILES = List.of("lit-html.js", "directive.js", "directive-helpers.js", "async-directive.js",
            "directives/guard.js", "directives/keyed.js", "directives/live.js", "directives/ref.js", "directives/repeat.js");
    private static final Map<String, String> TYPES = Map.of("js", "text/javascript; charset=utf-8", "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml; charset=utf-8");

    private final Map<String, WebFile> files = new TreeMap<>();
    private final String build;
    private final PageTemplate page;

    private WebAssets() {
        MessageDigest digest = sha256();
        for (String name : listed()) {
            add(name, read(name), digest);
        }
        for (String name : LIBRARY_FILES) {
            add("lib/lit-html/" + name, read(LIBRARY + name), digest);
        }
        byte[] template = read("index.html");
        digest.update(template);
        this.build = hex(digest.digest(), 6);
        this.page = new PageTemplate(new String(template, StandardCharsets.UTF_8), build);
    }

    /**
     * Reads everything from the class path.
     *
     * @throws IllegalStateException if a file that is named is not there
     */
    public static WebAssets load() {
        return new WebAssets();
    }

    /** What a browser gets for any page's address. */
    public PageTemplate page() {
        return page;
    }

    /** Twelve hex digits that change with any byte of any file. */
    public String build() {
        return build;
    }

    /**
     * The file of {@code BUILD/NAME}; another build's is not there, for it would be a mix of two.
     *
     * @return empty for whatever is not on the list
     */
    public Optional<WebFile> file(String path) {
        int slash = path.indexOf('/');
        return slash == build.length() && path.startsWith(build) ? Optional.ofNullable(files.get(path.substring(slash + 1))) : Optional.empty();
    }

    /** Names of all files, without the build. */
    public List<String> names() {
        return List.copyOf(files.keySet());
    }

    /** A jar cannot be asked what lies in its folders; the list is kept by hand, and a test keeps it true. */
    static List<String> listed() {
        return new String(read("files.txt"), StandardCharsets.UTF_8).lines().filter(line -> !line.isBlank()).toList();
    }

    private void add(String name, byte[] bytes, MessageDigest digest) {
        digest.update(name.getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
        files.put(name, WebFile.of(TYPES.get(name.substring(name.lastIndexOf('.') + 1)), bytes));
    }

    private static byte[] read(String name) {
        try (InputStream in = WebAssets.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the pages' file '" + name + "' is not in the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hex(byte[] bytes, int length) {
        StringBuilder hex = new StringBuilder(2 * length);
        for (int i = 0; i < length; i++) {
            hex.append(String.format("%02x", bytes[i]));
        }
        return hex.toString();
    }
}
