package io.rayhistory.adapters.web;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class WebAssetsTest {
    private static final Path SOURCES = Path.of("src/main/resources/io/rayhistory/adapters/web");
    private static final int MOST_LINES = 200;
    private static final Pattern IMPORT = Pattern.compile("(?:\\bfrom |\\bimport ?\\(?)\"([^\"\\n]+)\"");
    private static final WebAssets ASSETS = WebAssets.load();

    @Test
    void everyFileThatLiesThereIsServedAndNoOther() throws IOException {
        Set<String> lie = new TreeSet<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            files.filter(Files::isRegularFile).map(file -> SOURCES.relativize(file).toString()).forEach(lie::add);
        }
        lie.removeAll(Set.of("files.txt", "index.html"));
        assertEquals(lie, new TreeSet<>(WebAssets.listed()));
    }

    @Test
    void fileIsFoundByBuildAndNameOnly() {
        String build = ASSETS.build();
        assertTrue(build.matches("[0-9a-f]{12}"), build);
        assertEquals("text/javascript; charset=utf-8", ASSETS.file(build + "/js/main.js").orElseThrow().type());
        assertEquals("text/css; charset=utf-8", ASSETS.file(build + "/css/tokens.css").orElseThrow().type());
        for (String path : List.of("", build, build + "/", "js/main.js", "000000000000/js/main.js", build + "/js/../js/main.js", build + "/files.txt",
                build + "/index.html", build + "/WebAssets.class", build + "/lib/lit-html/directives/unsafe-html.js", build + "/lib/lit-html/package.json")) {
            assertTrue(ASSETS.file(path).isEmpty(), path);
        }
    }

    @Test
    void buildIsTheSameForTheSameFiles() {
        assertEquals(ASSETS.build(), WebAssets.load().build());
    }

    @Test
    void packedFileIsThePlainOne() throws IOException {
        WebFile file = ASSETS.file(ASSETS.build() + "/js/main.js").orElseThrow();
        assertTrue(file.gzip().length < file.bytes().length);
        assertArrayEquals(file.bytes(), new GZIPInputStream(new ByteArrayInputStream(file.gzip())).readAllBytes());
        assertArrayEquals(Files.readAllBytes(SOURCES.resolve("js/main.js")), file.bytes());
    }

    /** Import maps do not work under the policy: whatever is imported must be a relative path to a served file. */
    @Test
    void everyImportIsRelativeAndServed() {
        Set<String> names = Set.copyOf(ASSETS.names());
        for (String name : names) {
            if (!name.endsWith(".js")) {
                continue;
            }
            Matcher found = IMPORT.matcher(text(name));
            while (found.find()) {
                assertTrue(found.group(1).startsWith("."), name + " imports " + found.group(1));
                String target = Path.of(name).resolveSibling(found.group(1)).normalize().toString();
                assertTrue(names.contains(target), name + " imports " + target + ", which is not served");
            }
        }
    }

    /** Text of clusters is hostile: nothing that makes HTML of text may be in reach. */
    @Test
    void nothingCanTurnTextIntoHtmlOrCode() {
        Pattern forbidden = Pattern.compile("unsafeHTML|unsafe-html|innerHTML|outerHTML|insertAdjacentHTML|document\\.write|\\beval\\(|new Function|styleMap|style-map|(?<![.\\w])style=\\$|setAttribute\\(\"on");
        for (String name : WebAssets.listed()) {
            if (name.endsWith(".js")) {
                Matcher found = forbidden.matcher(text(name));
                assertFalse(found.find(), () -> name + " has " + found.group());
            }
        }
    }

    @Test
    void noFileIsTooLongOrAsksOutside() throws IOException {
        for (String name : WebAssets.listed()) {
            List<String> lines = Files.readAllLines(SOURCES.resolve(name));
            assertTrue(lines.size() <= MOST_LINES, name + " has " + lines.size() + " lines");
            for (String line : lines) {
                assertFalse(line.contains("//cdn") || line.contains("url(") || line.contains("https://"), name + ": " + line);
            }
        }
    }

    private static String text(String name) {
        return new String(ASSETS.file(ASSETS.build() + "/" + name).orElseThrow().bytes(), StandardCharsets.UTF_8);
    }
}
