package io.rayhistory.adapters.http;

import io.rayhistory.domain.HistoryException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Ray's web client on disk: one build folder, or a folder of build folders named by Ray version. Reads at most what
 * lies in the folder, links resolved. Thread-safe; the folder's versions are looked up once.
 */
final class DashboardFiles {

    private record Build(int[] version, Path dir) {

        /** As Ray writes it, {@code ""} for a folder whose version nobody knows. */
        String name() {
            return version[0] == 0 ? "" : version[0] + "." + version[1] + "." + version[2];
        }
    }

    /**
     * Which client a session gets.
     *
     * @param version {@code ""} for a single folder: it does not tell its version
     * @param exact   the session's version to the last number
     */
    record Choice(String version, boolean exact) {
    }

    private final List<Build> builds;

    /** @throws HistoryException INVALID if the folder holds no web client */
    DashboardFiles(Path dir) {
        this.builds = find(dir);
        if (builds.isEmpty()) {
            throw HistoryException.invalid("no web client in '" + dir + "': expected an index.html, or folders named by "
                    + "Ray version that have one. It comes with Ray: python -c \"import ray, os; "
                    + "print(os.path.join(os.path.dirname(ray.__file__), 'dashboard/client/build'))\"");
        }
    }

    private static List<Build> find(Path dir) {
        try {
            if (Files.isRegularFile(dir.resolve("index.html"))) {
                return List.of(new Build(new int[] {0, 0, 0}, dir.toRealPath()));
            }
            List<Build> found = new ArrayList<>();
            if (Files.isDirectory(dir)) {
                try (Stream<Path> children = Files.list(dir)) {
                    for (Path child : (Iterable<Path>) children::iterator) {
                        if (Files.isRegularFile(child.resolve("index.html"))) {
                            found.add(new Build(version(child.getFileName().toString()), child.toRealPath()));
                        }
                    }
                }
            }
            found.sort(Comparator.comparing(Build::version, Arrays::compare));
            return found;
        } catch (IOException e) {
            throw HistoryException.unavailable("cannot read the folder of the web client '" + dir + "'", e);
        }
    }

    /** True if which files are right depends on the session's Ray version. */
    boolean manyVersions() {
        return builds.size() > 1;
    }

    /** @param rayVersion of the session, {@code ""} when unknown */
    Choice choice(String rayVersion) {
        Build build = build(rayVersion);
        return new Choice(build.name(), !build.name().isEmpty() && Arrays.equals(build.version(), version(rayVersion)));
    }

    /** Versions at hand, oldest first. */
    List<String> versions() {
        return builds.stream().map(Build::name).filter(name -> !name.isEmpty()).toList();
    }

    /**
     * The file of a path relative to the session's base.
     *
     * @param rayVersion {@code ""} when unknown: the newest client
     * @return empty if there is none
     * @throws SecurityException if the path leaves the folder
     */
    Optional<Path> file(String rayVersion, String path) throws IOException {
        Path dir = build(rayVersion).dir();
        Path wanted;
        try {
            wanted = dir.resolve(path.isEmpty() ? "index.html" : path).normalize();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
        if (!wanted.startsWith(dir)) {
            throw new SecurityException(path);
        }
        if (!Files.isRegularFile(wanted)) {
            return Optional.empty();
        }
        Path real = wanted.toRealPath();
        if (!real.startsWith(dir) || !Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
            throw new SecurityException(path);
        }
        return Optional.of(real);
    }

    /** The same minor version, else the next newer one, else the newest. */
    private Build build(String rayVersion) {
        Build newest = builds.get(builds.size() - 1);
        int[] wanted = version(rayVersion);
        if (wanted[0] == 0) {
            return newest; // no version at all
        }
        return builds.stream().filter(b -> b.version()[0] == wanted[0] && b.version()[1] == wanted[1])
                .reduce((a, b) -> b)
                .or(() -> builds.stream().filter(b -> Arrays.compare(b.version(), wanted) > 0).findFirst())
                .orElse(newest);
    }

    private static int[] version(String text) {
        int[] version = new int[3];
        String[] parts = text.split("\\.", 4);
        for (int i = 0; i < Math.min(3, parts.length); i++) {
            String digits = parts[i].replaceFirst("\\D.*", "");
            version[i] = digits.isEmpty() || digits.length() > 6 ? 0 : Integer.parseInt(digits);
        }
        return version;
    }
}
