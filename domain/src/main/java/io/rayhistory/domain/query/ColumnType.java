package io.rayhistory.domain.query;

/**
 * What a filterable column holds. Ray tells plain from Optional numbers and converts the text of a filter for the
 * latter only per row, and only for {@code =}, so that {@code pid!=5} keeps everything
 * (Ray: {@code python/ray/dashboard/state_api_utils.py}, do_filter). Here both are converted once, for both predicates.
 */
enum ColumnType {
    /** Compared without regard to case. */
    TEXT,
    INT,
    BOOL,
    /** An object: never equal to the text of a filter. */
    OBJECT
}
