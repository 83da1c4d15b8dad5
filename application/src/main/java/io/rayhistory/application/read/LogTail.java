package io.rayhistory.application.read;

import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * The end of a job's log as Ray quotes it in the message of a failed job: the last 10 lines, at most 20,000 characters
 * (Ray: {@code python/ray/dashboard/modules/job/utils.py}, {@code fast_tail_last_n_lines}).
 */
final class LogTail {
    static final int LINES = 10;
    static final int CHARACTERS = 20_000;
    /** 20,000 characters of at most four bytes, and the rest of one that is cut. */
    private static final long BYTES = 4L * CHARACTERS + 4;
    /** Line ends besides newline that Python's {@code splitlines} knows. */
    private static final String LINE_ENDS = "\n\r\u000b\f\u001c\u001d\u001e\u0085\u2028\u2029";

    private LogTail() {
    }

    /** Reads one range at the end of the log; {@code ""} if the log is empty or gone. */
    static String lastLines(ObjectStore store, ObjectInfo log) {
        long from = Math.max(0, log.length() - BYTES);
        return store.read(log.name(), from, BYTES, "", (InputStream stream, ObjectInfo now) ->
                cut(new String(stream.readAllBytes(), StandardCharsets.UTF_8))).orElse("");
    }

    static String cut(String text) {
        int at = text.length();
        for (int lines = 0; at > 0 && lines < LINES; lines++) {
            at = startOfLine(text, at);
        }
        String lines = text.substring(at);
        int tooMany = lines.codePointCount(0, lines.length()) - CHARACTERS;
        return tooMany <= 0 ? lines : lines.substring(lines.offsetByCodePoints(0, tooMany));
    }

    /** Where the line begins that ends (line end included) at {@code end}. */
    private static int startOfLine(String text, int end) {
        int at = end - 1;
        if (at > 0 && text.charAt(at) == '\n' && text.charAt(at - 1) == '\r') {
            at--;
        }
        while (at > 0 && LINE_ENDS.indexOf(text.charAt(at - 1)) < 0) {
            at--;
        }
        return at;
    }
}
