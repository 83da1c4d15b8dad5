package io.rayhistory.domain.query;

import io.rayhistory.domain.HistoryException;

import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of an ordered list, and where the next one begins.
 *
 * @param first      how many rows come before these
 * @param nextCursor {@code ""} after the last row
 */
public record Slice<T>(List<T> rows, int first, int total, String nextCursor) {
    private static final Pattern CURSOR = Pattern.compile("([0-9a-f]{1,8})\\.([0-9]{1,9})\\.(.*)", Pattern.DOTALL);

    /**
     * The rows behind a cursor. It names the last row that was seen and its place: should rows have come or gone since,
     * the list goes on behind that row, or at its place if it is gone itself.
     *
     * @param ordered  all rows in their order; not changed, and read only where needed
     * @param idOf     tells rows apart, and stays the same for the same row
     * @param question filters and order as text; a cursor of another question is refused
     * @param cursor   {@code ""} for the first part
     * @throws HistoryException INVALID for a cursor that is none or belongs to another question
     */
    public static <T> Slice<T> of(List<T> ordered, Function<T, String> idOf, String question, int limit, String cursor) {
        String mark = Integer.toHexString(question.hashCode());
        int first = cursor.isEmpty() ? 0 : behind(ordered, idOf, mark, cursor);
        int end = (int) Math.min(ordered.size(), (long) first + limit);
        List<T> rows = List.copyOf(ordered.subList(first, end));
        String next = end >= ordered.size() || rows.isEmpty() ? ""
                : mark + "." + end + "." + idOf.apply(rows.get(rows.size() - 1));
        return new Slice<>(rows, first, ordered.size(), next);
    }

    private static <T> int behind(List<T> ordered, Function<T, String> idOf, String mark, String cursor) {
        Matcher parts = CURSOR.matcher(cursor);
        if (!parts.matches()) {
            throw HistoryException.invalid("cursor '" + shown(cursor) + "' is none: expected the nextCursor of an answer");
        }
        if (!parts.group(1).equals(mark)) {
            throw HistoryException.invalid("cursor '" + shown(cursor)
                    + "' belongs to another question: expected the same filters and the same sort as in the request that gave it");
        }
        int place = Math.min(Integer.parseInt(parts.group(2)), ordered.size());
        String last = parts.group(3);
        if (place > 0 && idOf.apply(ordered.get(place - 1)).equals(last)) {
            return place;
        }
        for (int i = 0; i < ordered.size(); i++) {
            if (idOf.apply(ordered.get(i)).equals(last)) {
                return i + 1;
            }
        }
        return place;
    }

    private static String shown(String cursor) {
        String text = cursor.replaceAll("\\p{Cntrl}", "?");
        return text.length() > 80 ? text.substring(0, 80) + "\u2026" : text;
    }
}
