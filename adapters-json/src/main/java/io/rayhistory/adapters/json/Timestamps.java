package io.rayhistory.adapters.json;

/** RFC 3339 as protobuf prints it, by hand: {@code java.time} needs 20 times as long, and a file holds three per event. */
final class Timestamps {
    /** What {@link #parse} answers for text that is no timestamp. */
    static final long BAD = Long.MIN_VALUE;

    private static final long NANOS = 1_000_000_000L;

    private Timestamps() {
    }

    /**
     * Nanoseconds since the epoch of {@code 2026-11-22T19:32:40.264117704Z}: 0 to 9 fraction digits (more are cut off),
     * {@code Z} or an offset such as {@code +05:30}; {@link #BAD} for anything else. Years 1678 to 2261.
     */
    static long parse(byte[] text, int offset, int end) {
        if (end - offset < 20 || text[offset + 4] != '-' || text[offset + 7] != '-' || text[offset + 13] != ':'
                || text[offset + 16] != ':' || (text[offset + 10] | 32) != 't') {
            return BAD;
        }
        int year = two(text, offset) * 100 + two(text, offset + 2);
        int month = two(text, offset + 5);
        int day = two(text, offset + 8);
        int hour = two(text, offset + 11);
        int minute = two(text, offset + 14);
        int second = two(text, offset + 17);
        if (year < 1678 || year > 2261 || month < 1 || month > 12 || day < 1 || day > 31 || hour < 0 || hour > 23
                || minute < 0 || minute > 59 || second < 0 || second > 60) {
            return BAD;
        }
        int at = offset + 19;
        long nanos = 0;
        if (text[at] == '.') {
            int digits = 0;
            for (at++; at < end && text[at] >= '0' && text[at] <= '9'; at++) {
                if (digits < 9) {
                    nanos = nanos * 10 + text[at] - '0';
                    digits++;
                }
            }
            for (; digits < 9; digits++) {
                nanos *= 10;
            }
        }
        int zone = zoneSeconds(text, at, end);
        if (zone == Integer.MIN_VALUE) {
            return BAD;
        }
        long seconds = epochDay(year, month, day) * 86_400L + hour * 3600L + minute * 60L + second - zone;
        return seconds * NANOS + nanos;
    }

    private static int zoneSeconds(byte[] text, int at, int end) {
        if (at == end - 1 && (text[at] | 32) == 'z') {
            return 0;
        }
        if (at != end - 6 || text[at] != '+' && text[at] != '-' || text[at + 3] != ':') {
            return Integer.MIN_VALUE;
        }
        int hours = two(text, at + 1);
        int minutes = two(text, at + 4);
        if (hours < 0 || minutes < 0) {
            return Integer.MIN_VALUE;
        }
        int seconds = hours * 3600 + minutes * 60;
        return text[at] == '-' ? -seconds : seconds;
    }

    /** Two digits; far below zero if they are none. */
    private static int two(byte[] text, int at) {
        int tens = text[at] - '0';
        int ones = text[at + 1] - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -100_000 : tens * 10 + ones;
    }

    /** Days since 1970-01-01 in the Gregorian calendar, counted from March so that leap days come last. */
    private static long epochDay(int year, int month, int day) {
        int y = month <= 2 ? year - 1 : year;
        int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        return 365L * y + y / 4 - y / 100 + y / 400 + dayOfYear - 719_468;
    }
}
