package io.rayhistory.domain.layout;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Joins and cleans paths exactly as Go's {@code path.Join} does, on texts. Every name in the stores of the Go peer went
 * through that function, so {@code java.nio.file.Path}, which follows the machine's own rules, would find other names.
 */
public final class StoragePath {

    private StoragePath() {
    }

    /**
     * The elements that are not empty, joined with {@code /} and {@linkplain #clean cleaned}; {@code ""} if there is none.
     * An element may hold slashes and dots of its own: {@code join("job_events", "..")} is {@code "."}, as in Go.
     */
    public static String join(String... elements) {
        StringBuilder joined = new StringBuilder();
        for (String element : elements) {
            if (!element.isEmpty()) {
                joined.append(joined.length() == 0 ? "" : "/").append(element);
            }
        }
        return joined.length() == 0 ? "" : clean(joined.toString());
    }

    /**
     * The shortest path that means the same: no empty and no {@code .} segments, {@code x/..} resolved, no trailing
     * slash. A leading {@code ..} stays in a relative path and vanishes from a rooted one. What is left of nothing is
     * {@code .}, of a rooted nothing {@code /}.
     */
    public static String clean(String path) {
        boolean rooted = path.startsWith("/");
        Deque<String> kept = new ArrayDeque<>();
        for (String segment : path.split("/")) {
            if (segment.equals("..")) {
                if (!kept.isEmpty() && !kept.getLast().equals("..")) {
                    kept.removeLast();
                } else if (!rooted) {
                    kept.addLast(segment);
                }
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                kept.addLast(segment);
            }
        }
        String cleaned = String.join("/", kept);
        return rooted ? "/" + cleaned : cleaned.isEmpty() ? "." : cleaned;
    }
}
