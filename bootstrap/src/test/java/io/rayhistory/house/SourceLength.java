package io.rayhistory.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.Map;
import java.util.stream.Stream;

/** Finds source files that are too long: big files hide second jobs. */
final class SourceLength {
    static final int MOST_LINES = 300;

    private SourceLength() {
    }

    /** The folder of the whole project, whatever module a test runs in. */
    static Path project() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(folder.resolve("rayhistory"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    /** All Java sources of main and test code below a folder, build output left out. */
    static List<Path> sources(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java") && Files.isRegularFile(file))
                    .filter(file -> Stream.of("target", ".git").noneMatch(folder -> contains(root.relativize(file), folder)))
                    .sorted().toList();
        }
    }

    private static boolean contains(Path path, String name) {
        for (Path part : path) {
            if (part.toString().equals(name)) {
                return true;
            }
        }
        return false;
    }

    static Map<Path, Long> tooLong(List<Path> sources) throws IOException {
        Map<Path, Long> found = new TreeMap<>();
        for (Path source : sources) {
            try (Stream<String> lines = Files.lines(source)) {
                long count = lines.count();
                if (count > MOST_LINES) {
                    found.put(source, count);
                }
            }
        }
        return found;
    }
}
