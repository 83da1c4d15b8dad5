package io.rayhistory.adapters.http.history;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a file that a {@code Range} header asks for: the bytes {@code [start, end)}. Headers that are malformed or
 * ask for several parts mean the whole file, as RFC 9110 allows.
 *
 * @param partial     whether the answer says so
 * @param satisfiable false for a part that begins behind the end
 */
record ByteRange(long start, long end, boolean partial, boolean satisfiable) {
    private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /** @param header {@code null} when there is none */
    static ByteRange of(String header, long length) {
        Matcher one = ONE.matcher(header == null ? "" : header.strip());
        if (!one.matches() || one.group(1).isEmpty() && one.group(2).isEmpty()) {
            return new ByteRange(0, length, false, true);
        }
        if (one.group(1).isEmpty()) {
            long last = Long.parseLong(one.group(2));
            return new ByteRange(Math.max(0, length - last), length, true, last > 0 && length > 0);
        }
        long start = Long.parseLong(one.group(1));
        long last = one.group(2).isEmpty() ? Long.MAX_VALUE - 1 : Long.parseLong(one.group(2));
        if (last < start) {
            return new ByteRange(0, length, false, true);
        }
        return new ByteRange(start, Math.min(length, last + 1), true, start < length);
    }
}
