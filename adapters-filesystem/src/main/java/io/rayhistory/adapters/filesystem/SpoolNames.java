package io.rayhistory.adapters.filesystem;

import io.rayhistory.application.port.EventSpool.Category;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.id.SessionName;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where spool files lie below the data folder: where the Go peer's lie, so that either program finds what the other left
 * ({@code {cluster}_{ns}/{session}/node_events/{node}_{nanos}.jsonl}, {@code …/job_events/{job}/…}).
 */
final class SpoolNames {
    /** Ends the name of the small file that says: the node in the name of its namesake is none, it was not known yet. */
    static final String HEADER = ".header";
    static final String LINES = ".jsonl";
    static final String GZIP = ".gz";
    static final String NODE_EVENTS = "node_events";
    static final String JOB_EVENTS = "job_events";
    /** Names are read from the right: a node's id may hold anything but slashes. */
    private static final Pattern NAME = Pattern.compile("(.+)_(\\d{1,19})\\.jsonl(\\.gz)?");
    private static final long SECOND = 1_000_000_000L;

    private SpoolNames() {
    }

    /** What a file's name tells; {@code writer} is a node's id, or with a header file that of a process. */
    record Parsed(String writer, Instant opened, boolean gzip) {
    }

    static Optional<Parsed> parse(String fileName) {
        Matcher name = NAME.matcher(fileName);
        if (!name.matches() || !SessionName.isSafe(name.group(1))) {
            return Optional.empty();
        }
        long nanos;
        try {
            nanos = Long.parseLong(name.group(2));
        } catch (NumberFormatException tooLarge) {
            return Optional.empty();
        }
        return Optional.of(new Parsed(name.group(1), Instant.ofEpochSecond(nanos / SECOND, nanos % SECOND), name.group(3) != null));
    }

    static Path file(Path data, String clusterFolder, Category category, String writer, Instant opened) {
        Path session = data.resolve(clusterFolder).resolve(category.session());
        Path folder = category.jobId().isEmpty() ? session.resolve(NODE_EVENTS)
                : session.resolve(JOB_EVENTS).resolve(category.jobId());
        return folder.resolve(writer + "_" + nanos(opened) + LINES);
    }

    static Path header(Path file) {
        String name = file.getFileName().toString();
        return file.resolveSibling(name.substring(0, name.length() - LINES.length()) + HEADER);
    }

    static long nanos(Instant opened) {
        return Math.addExact(Math.multiplyExact(opened.getEpochSecond(), SECOND), opened.getNano());
    }

    /** @throws HistoryException INVALID */
    static String requireSegment(String what, String text) {
        if (text.length() > Category.LONGEST || !SessionName.isSafe(text)) {
            throw HistoryException.invalid(what + " '" + text.replaceAll("\\p{Cntrl}", "?") + "' is not allowed: expected 1 to "
                    + Category.LONGEST + " letters, digits, '.', '_' and '-'");
        }
        return text;
    }
}
