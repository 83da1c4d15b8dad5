package io.rayhistory.adapters.http;

import io.rayhistory.application.port.AccessReview;
import io.rayhistory.application.port.Caller;
import io.rayhistory.domain.HistoryException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tokens that were given out by hand. A file has lines {@code name:sha256-of-the-token-in-hex}, optionally followed by {@code
 * :namespace,namespace}; without namespaces all may be seen. Empty lines and such that begin with {@code #} do not count. It
 * is read again, at most once a second, so that a changed file counts without a restart; one that cannot be read leaves
 * what was known. Thread-safe.
 */
public final class SharedTokens implements AccessReview {
    private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{64}");
    private static final String NAMESPACES = "namespaces";
    private static final int PARTS = 3;

    private record Known(byte[] hash, Caller caller) {
    }

    private final Optional<Path> file;
    private final Optional<RereadFile<List<Known>>> stored;
    private final List<Known> fixed;

    private SharedTokens(Optional<Path> file, List<Known> fixed) {
        this.file = file;
        this.stored = file.map(path -> new RereadFile<>(path, "tokens", text -> parse(path, text)));
        this.fixed = fixed;
    }

    /**
     * @param token one that sees everything, {@code ""} for none
     * @throws HistoryException INVALID for a file that cannot be read or has another form, or if there is no token at all
     */
    public static SharedTokens of(Optional<Path> file, String token) {
        SharedTokens tokens = new SharedTokens(file, token.isEmpty() ? List.of()
                : List.of(new Known(hash(token), new Caller("token", "", List.of(), Map.of()))));
        if (tokens.all().isEmpty()) {
            throw HistoryException.invalid("there is no token: expected a file with lines name:sha256hex");
        }
        return tokens;
    }

    private static List<Known> parse(Path file, String text) {
        List<Known> all = new ArrayList<>();
        int number = 0;
        for (String raw : text.split("\n")) {
            number++;
            String line = raw.strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String[] parts = line.split(":", PARTS);
            if (parts.length < 2 || parts[0].isBlank() || !HASH.matcher(parts[1].strip()).matches()) {
                throw HistoryException.invalid(file + ", line " + number + ": expected name:sha256-of-the-token-in-hex[:namespace,namespace]");
            }
            List<String> namespaces = parts.length < PARTS ? List.of()
                    : Arrays.stream(parts[2].split(",")).map(String::strip).filter(each -> !each.isEmpty()).toList();
            if (parts.length == PARTS && namespaces.isEmpty()) {
                throw HistoryException.invalid(file + ", line " + number + ": expected namespaces behind the second colon");
            }
            all.add(new Known(HexFormat.of().parseHex(parts[1].strip().toLowerCase(java.util.Locale.ROOT)),
                    new Caller(parts[0].strip(), "", List.of(), namespaces.isEmpty() ? Map.of() : Map.of(NAMESPACES, namespaces))));
        }
        return all;
    }

    private List<Known> all() {
        List<Known> all = new ArrayList<>(fixed);
        stored.ifPresent(known -> all.addAll(known.now()));
        return all;
    }

    @Override
    public Identity authenticate(String token) {
        byte[] presented = hash(token);
        Identity found = new Identity.Rejected("the token is not known");
        for (Known known : all()) {
            if (MessageDigest.isEqual(known.hash(), presented) && !token.isEmpty()) {
                found = new Identity.Known(known.caller());
            }
        }
        return found;
    }

    @Override
    public Decision maySee(Caller caller, String namespace, String cluster) {
        List<String> namespaces = caller.extra().get(NAMESPACES);
        return namespaces == null || namespaces.contains(namespace) ? Decision.YES : Decision.NO;
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String describe() {
        return file.map(Path::toString).orElse("one token");
    }

    @Override
    public void close() {
        // nothing is held
    }
}
