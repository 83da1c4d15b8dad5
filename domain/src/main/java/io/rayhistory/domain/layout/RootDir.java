package io.rayhistory.domain.layout;

import io.rayhistory.domain.HistoryException;

import java.util.ArrayList;
import java.util.List;

/**
 * The folder of a store below which everything of ours lies.
 *
 * @param prefix       what every name we write starts with: {@code ""}, or segments with one trailing slash
 * @param readPrefixes what names we read may start with, {@link #prefix} first. A root given as {@code /ray} adds
 *                     {@code /ray/}: the peer wrote such names literally, leading slash included
 */
public record RootDir(String prefix, List<String> readPrefixes) {

    public RootDir {
        readPrefixes = List.copyOf(readPrefixes);
    }

    /**
     * The root a user means: blanks around it, empty and {@code .} segments do not count.
     *
     * @throws HistoryException INVALID for {@code ..}, control characters and backslashes
     */
    public static RootDir of(String given) {
        String text = given.strip();
        List<String> segments = new ArrayList<>();
        for (String segment : text.split("/")) {
            if (segment.equals("..")) {
                throw refused(given, "'..' is not allowed");
            }
            if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
        }
        if (text.indexOf('\\') >= 0) {
            throw refused(given, "write '/' instead of a backslash");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw refused(given, "control characters are not allowed");
        }
        String prefix = segments.isEmpty() ? "" : String.join("/", segments) + "/";
        return new RootDir(prefix, text.startsWith("/") ? List.of(prefix, "/" + prefix) : List.of(prefix));
    }

    /** True if names with a leading slash are read too. */
    public boolean readsLeadingSlash() {
        return readPrefixes.size() > 1;
    }

    private static HistoryException refused(String given, String rule) {
        return HistoryException.invalid("root dir '" + given.replaceAll("\\p{Cntrl}", "?") + "': " + rule
                + "; expected segments separated by '/', such as 'ray' or 'team/ray'");
    }
}
