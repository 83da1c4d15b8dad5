package io.rayhistory.adapters.http.history;

/** Limits of one line of a log in an answer. */
final class LogLine {
    static final int LONGEST = 10_000;

    private LogLine() {
    }

    /** The line without its carriage return, cut where a reader stops reading anyway. */
    static String cut(String line) {
        String text = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }
}
