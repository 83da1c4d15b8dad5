package io.rayhistory.domain.query;

import io.rayhistory.domain.HistoryException;

import java.util.Locale;

/**
 * One condition on a column, as Ray's state API spells it. Columns are lower-case.
 *
 * @param equal true for {@code =}, false for {@code !=}
 */
public record Filter(String column, boolean equal, String value) {

    public Filter {
        column = column.toLowerCase(Locale.ROOT);
    }

    /** @throws HistoryException INVALID for any other predicate, in Ray's words */
    public static Filter of(String column, String predicate, String value) {
        if (!predicate.equals("=") && !predicate.equals("!=")) {
            throw HistoryException.invalid("Unsupported filter predicate " + predicate
                    + " is given. Available predicates: =, !=.");
        }
        return new Filter(column, predicate.equals("="), value);
    }
}
