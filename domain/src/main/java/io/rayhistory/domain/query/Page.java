package io.rayhistory.domain.query;

import java.util.ArrayList;
import java.util.List;

/**
 * One page of a list, with the totals of Ray's state API.
 *
 * @param total              rows that Ray's source would count; of tasks those that match the filters it applies, else all
 * @param numAfterTruncation of these, what the source delivers: at most {@link SessionQueries#SOURCE_LIMIT}
 * @param numFiltered        rows that match all filters
 * @param rows               sorted, cut to the limit; a view, never a copy of the whole
 * @param warnings           sentences for the reader; may be empty
 */
public record Page<T>(long total, long numAfterTruncation, long numFiltered, List<T> rows, List<String> warnings) {

    Page<T> withWarning(String warning) {
        List<String> more = new ArrayList<>(warnings);
        more.add(warning);
        return new Page<>(total, numAfterTruncation, numFiltered, rows, List.copyOf(more));
    }
}
