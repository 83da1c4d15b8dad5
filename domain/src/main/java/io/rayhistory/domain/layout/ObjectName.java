package io.rayhistory.domain.layout;

import io.rayhistory.domain.HistoryException;

/**
 * Which texts may be names of stored objects, and what becomes of those that hurt some store
 * (spec: storage-layouts.md, section 8).
 *
 * <p>Names from outside (a log's path, a request) go through {@link #escape} and {@link #shorten} once, when they are
 * written. Nothing undoes that when reading: the name in the store is the name that is shown.
 */
public final class ObjectName {
    /** The longest name we write, in bytes of UTF-8: below the limits of all stores (S3 1024, OSS 1023). */
    public static final int LONGEST = 1000;
    private static final int LONGEST_ACCEPTED = 1024;
    private static final int HASH_DIGITS = 12;

    private ObjectName() {
    }

    /**
     * Refuses what can be no object of any store, or would leave a folder: the empty name, a trailing slash, empty,
     * {@code .} and {@code ..} segments, NUL. One leading slash is let through: peers wrote such names.
     *
     * @return the name
     * @throws HistoryException INVALID
     */
    public static String requireReadable(String name) {
        String relative = name.startsWith("/") ? name.substring(1) : name;
        for (String segment : relative.split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                throw refused(name, segment.isEmpty() ? "an empty segment" : "the segment '" + segment + "'");
            }
        }
        if (name.indexOf('\0') >= 0) {
            throw refused(name, "a NUL character");
        }
        return name;
    }

    /**
     * Refuses what can be the beginning of no name: an empty, {@code .} or {@code ..} segment before the last one.
     *
     * @return the prefix
     * @throws HistoryException INVALID
     */
    public static String requirePrefix(String prefix) {
        int folder = prefix.lastIndexOf('/');
        if (folder > 0) {
            requireReadable(prefix.substring(0, folder));
        }
        return prefix;
    }

    /**
     * Like {@link #requirePrefix}, for one that must be empty or end with a slash.
     *
     * @return the prefix
     * @throws HistoryException INVALID
     */
    public static String requireFolder(String prefix) {
        if (!prefix.isEmpty() && !prefix.endsWith("/")) {
            throw HistoryException.invalid("folder '" + printable(prefix) + "' must be empty or end with '/'");
        }
        return requirePrefix(prefix);
    }

    /**
     * Refuses, beyond {@link #requireReadable}, what some store would change or choke on: a leading slash, backslashes,
     * control characters other than tab and newline, lone surrogates, more than 1024 bytes.
     *
     * @return the name
     * @throws HistoryException INVALID
     */
    public static String requireWritable(String name) {
        requireReadable(name);
        if (name.startsWith("/")) {
            throw refused(name, "a leading slash");
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '\\' || c < ' ' && c != '\t' && c != '\n') {
                throw refused(name, c == '\\' ? "a backslash" : "control character " + (int) c);
            }
            if (Character.isHighSurrogate(c) && i + 1 < name.length() && Character.isLowSurrogate(name.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw refused(name, "half a surrogate pair");
            }
        }
        if (utf8Length(name) > LONGEST_ACCEPTED) {
            throw refused(name, "more than " + LONGEST_ACCEPTED + " bytes");
        }
        return name;
    }

    /**
     * Refuses what cannot be one segment of a name: empty, {@code .}, {@code ..}, with a slash, backslash or control
     * character.
     *
     * @param what what the text stands for, for the message
     * @return the text
     * @throws HistoryException INVALID
     */
    public static String requireSegment(String what, String text) {
        boolean bad = text.isEmpty() || text.equals(".") || text.equals("..")
                || text.chars().anyMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c));
        if (bad) {
            throw HistoryException.invalid(what + " '" + printable(text) + "' is no name: expected one path segment without "
                    + "'/', '\\', control characters, and not '.' or '..'");
        }
        return text;
    }

    /**
     * The relative name with what stores cannot hold replaced: backslash and control characters as {@code %XX}, the last
     * dot of a segment as {@code %2E}. A percent sign stays as it is, since peers wrote it so.
     *
     * @throws HistoryException INVALID for empty, {@code .} and {@code ..} segments
     */
    public static String escape(String relative) {
        requireReadableSegments(relative);
        StringBuilder escaped = new StringBuilder(relative.length());
        for (int i = 0; i < relative.length(); i++) {
            char c = relative.charAt(i);
            boolean endsSegment = i + 1 == relative.length() || relative.charAt(i + 1) == '/';
            if (c == '\\' || c < ' ' || c == 0x7f || c == '.' && endsSegment) {
                escaped.append(String.format("%%%02X", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /**
     * The name, if it has at most {@value #LONGEST} bytes; otherwise with its last segment cut and ended by {@code ~} and
     * 12 hex digits of that segment's SHA-256.
     *
     * @throws HistoryException INVALID if even the folder part is too long
     */
    public static String shorten(String name) {
        if (utf8Length(name) <= LONGEST) {
            return name;
        }
        int last = name.lastIndexOf('/') + 1;
        String ending = ending(name.substring(last));
        int room = LONGEST - utf8Length(name.substring(0, last)) - ending.length();
        if (room < 0) {
            throw refused(name, "folders of more than " + (LONGEST - ending.length()) + " bytes");
        }
        int end = last;
        while (room > 0) {
            int c = name.codePointAt(end);
            room -= utf8Length(c);
            end += room >= 0 ? Character.charCount(c) : 0;
        }
        return name.substring(0, end) + ending;
    }

    /** True if {@code stored} is what {@link #shorten} makes of a name with the last segment {@code full}. */
    public static boolean isShortenedFrom(String stored, String full) {
        int head = stored.length() - 1 - HASH_DIGITS;
        return head >= 0 && stored.length() < full.length() && full.startsWith(stored.substring(0, head))
                && stored.substring(head).equals(ending(full));
    }

    private static String ending(String segment) {
        return "~" + Sha256.hex(Utf8.encode(segment)).substring(0, HASH_DIGITS);
    }

    private static void requireReadableSegments(String relative) {
        if (relative.startsWith("/")) {
            throw refused(relative, "a leading slash");
        }
        requireReadable(relative.replace('\0', '0'));
    }

    static int utf8Length(String text) {
        return text.codePoints().map(ObjectName::utf8Length).sum();
    }

    private static int utf8Length(int c) {
        return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    }

    private static HistoryException refused(String name, String why) {
        return HistoryException.invalid("object name '" + printable(name) + "' has " + why);
    }

    private static String printable(String text) {
        String shown = text.length() > 200 ? text.substring(0, 200) + "…" : text;
        return shown.replaceAll("\\p{Cntrl}", "?");
    }
}
