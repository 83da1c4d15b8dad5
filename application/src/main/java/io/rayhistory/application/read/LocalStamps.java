package io.rayhistory.application.read;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The times in front of Ray's log lines. Python writes the node's local wall clock without a zone
 * ({@code 2026-11-22 20:21:50,215}); some lines also carry {@code timestamp_ns=}, which is exact and proves the offset.
 */
final class LocalStamps {
    private static final Pattern LOCAL = Pattern.compile(
            "(\\d{4}-\\d\\d-\\d\\d)[ T](\\d\\d:\\d\\d:\\d\\d)[,.](\\d{3})");
    private static final Pattern EXACT = Pattern.compile("timestamp_ns\"?[=:] ?(\\d{1,19})");
    private static final long QUARTER_HOUR_S = 900;
    private static final long LONGEST_OFFSET_S = 18 * 3600;

    private LocalStamps() {
    }

    /** The local time a line starts with; of a JSON line, the first one in it. */
    static Optional<LocalDateTime> local(String line) {
        Matcher found = LOCAL.matcher(line);
        boolean there = line.startsWith("{") ? found.find() : found.lookingAt();
        if (!there) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDateTime.parse(found.group(1) + "T" + found.group(2) + "." + found.group(3)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Nanoseconds since the epoch that a line states, 0 if it does not. */
    static long exactNs(String line) {
        Matcher found = EXACT.matcher(line);
        try {
            return found.find() ? Long.parseLong(found.group(1)) : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** The offset of the local clock that wrote a line with both times; offsets are quarters of an hour. */
    static Optional<ZoneOffset> provenOffset(String line) {
        long exact = exactNs(line);
        Optional<LocalDateTime> local = local(line);
        if (exact == 0 || local.isEmpty()) {
            return Optional.empty();
        }
        long seconds = local.get().toEpochSecond(ZoneOffset.UTC) - Math.floorDiv(exact, 1_000_000_000L);
        long offset = Math.round(seconds / (double) QUARTER_HOUR_S) * QUARTER_HOUR_S;
        return Math.abs(seconds - offset) <= 60 && Math.abs(offset) <= LONGEST_OFFSET_S
                ? Optional.of(ZoneOffset.ofTotalSeconds((int) offset)) : Optional.empty();
    }

    /**
     * The zone that a stored {@code /timezone} answer tells. Its {@code offset} is the head's own; its {@code value}
     * only names some place with that offset at that moment (Ray: {@code python/ray/dashboard/timezone_utils.py}), so
     * it is no more than a stand-in. Unknown: UTC.
     */
    static ZoneId zone(Map<String, String> timezone) {
        for (String name : new String[] {timezone.getOrDefault("offset", ""), timezone.getOrDefault("value", "")}) {
            try {
                if (!name.isEmpty()) {
                    return ZoneId.of(name);
                }
            } catch (DateTimeException e) {
                // not a zone this JDK knows: the next one may be
            }
        }
        return ZoneOffset.UTC;
    }
}
