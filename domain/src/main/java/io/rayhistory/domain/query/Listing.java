package io.rayhistory.domain.query;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * How one resource is listed: its columns, which rows go first when there are too many, and which ones had not ended.
 *
 * @param noun one row, as warnings call it
 * @param age  larger is newer
 * @param open rows still open when the record ends
 */
record Listing<T>(String noun, Columns<T> columns, ToLongFunction<T> age, Predicate<T> open) {

    /**
     * The page of rows that pass all filters, in the order given.
     *
     * @param total     rows that Ray's source would count
     * @param delivered of these, what it would hand over, sorted; more than the source limit are cut to the newest
     */
    Page<T> page(long total, List<T> delivered, List<Filter> filters, int limit, long recordEndNs) {
        RowFilter<T> filter = columns.filter(filters);
        List<String> warnings = new ArrayList<>();
        List<T> rows = delivered;
        if (rows.size() > SessionQueries.SOURCE_LIMIT) {
            warnings.add("Only the newest " + SessionQueries.SOURCE_LIMIT + " of " + rows.size() + " " + noun
                    + "s are considered.");
            rows = newest(rows);
        }
        List<T> matching = filter.passesAll() ? rows : rows.stream().filter(filter).toList();
        long unfinished = matching.stream().filter(open).count();
        if (unfinished > 0) {
            warnings.add(unfinished(unfinished, noun, recordEndNs));
        }
        return new Page<>(total, rows.size(), matching.size(), matching.subList(0, Math.min(limit, matching.size())),
                List.copyOf(warnings));
    }

    /** The sentence that tells of rows which only the end of the record left open. */
    static String unfinished(long count, String noun, long recordEndNs) {
        String end = Instant.ofEpochSecond(0, recordEndNs).truncatedTo(ChronoUnit.SECONDS).toString();
        return count + " " + noun + (count == 1 ? "" : "s") + " had not ended when the record of this session ends ("
                + end + "); " + (count == 1 ? "its" : "their") + " last recorded state is shown.";
    }

    private List<T> newest(List<T> rows) {
        List<T> byAge = new ArrayList<>(rows);
        byAge.sort(Comparator.comparingLong(age).reversed());
        Set<T> keep = Collections.newSetFromMap(new IdentityHashMap<>());
        keep.addAll(byAge.subList(0, SessionQueries.SOURCE_LIMIT));
        return rows.stream().filter(keep::contains).toList();
    }
}
