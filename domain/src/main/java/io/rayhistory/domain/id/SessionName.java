package io.rayhistory.domain.id;

import io.rayhistory.domain.HistoryException;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name Ray gives a session: {@code session_yyyy-MM-dd_HH-mm-ss_micros_pid} of the head's local clock, without a zone
 * (Ray: {@code python/ray/_private/node.py}). Older forms lack the pid or the microseconds; any other safe text is a
 * session too, whose start nobody knows.
 *
 * @param text       the name as stored
 * @param localStart when it started on the head's clock; empty if the name tells no time
 */
public record SessionName(String text, Optional<LocalDateTime> localStart) {
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9._-]+");
    private static final Pattern TIMED = Pattern.compile(
            "session_(\\d{4})-(\\d{2})-(\\d{2})_(\\d{2})-(\\d{2})-(\\d{2})(?:_(\\d{1,6})(?:_\\d+)?)?");

    public SessionName {
        if (!isSafe(text)) {
            throw HistoryException.invalid("session name '" + text.replaceAll("\\p{Cntrl}", "?")
                    + "' is not allowed: expected letters, digits, '.', '_' and '-', such as session_2026-11-22_19-32-05_016858_13672");
        }
    }

    /** @throws HistoryException INVALID if the text is not {@linkplain #isSafe safe} */
    public static SessionName of(String text) {
        return new SessionName(text, startOf(text));
    }

    /** True if the text may be a segment of a stored name: {@code [A-Za-z0-9._-]+}, but not {@code .} or {@code ..}. */
    public static boolean isSafe(String text) {
        return SAFE.matcher(text).matches() && !text.equals(".") && !text.equals("..");
    }

    /** When the session started, if the head's clock was that far from UTC. */
    public Optional<Instant> start(ZoneOffset offset) {
        return localStart.map(local -> local.toInstant(offset));
    }

    private static Optional<LocalDateTime> startOf(String text) {
        Matcher m = TIMED.matcher(text);
        if (!m.matches()) {
            return Optional.empty();
        }
        // Fewer than six digits are the number of microseconds, not a fraction: 16858 is 016858.
        int micros = m.group(7) == null ? 0 : Integer.parseInt(m.group(7));
        try {
            return Optional.of(LocalDateTime.of(number(m, 1), number(m, 2), number(m, 3), number(m, 4), number(m, 5),
                    number(m, 6), micros * 1000));
        } catch (DateTimeException impossible) {
            return Optional.empty();
        }
    }

    private static int number(Matcher m, int group) {
        return Integer.parseInt(m.group(group));
    }
}
