package io.rayhistory.adapters.http.api;

import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.query.Filter;
import io.rayhistory.domain.query.ListQuery;
import io.rayhistory.domain.query.SessionQueries;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * The query parameters of the state API's lists (Ray: {@code python/ray/dashboard/state_api_utils.py}, {@code
 * options_from_req}). Parameters that Ray does not know are ignored, as there; of a repeated one the first counts.
 */
record StateParameters(ListQuery query, boolean detail) {
    private static final int DEFAULT_LIMIT = 100;
    private static final int LONGEST_NUMBER = 40;
    private static final Set<String> TRUE = Set.of("True", "true", "1");
    private static final Set<String> FALSE = Set.of("False", "false", "0");

    /**
     * @param values all values of a parameter, in the order sent; empty when it was not sent
     * @throws HistoryException INVALID for values that Ray refuses
     */
    static StateParameters parse(Function<String, List<String>> values) {
        int limit = limit(values);
        checkTimeout(values);
        boolean detail = flag(values, "detail", false);
        boolean excludeDriver = flag(values, "exclude_driver", true);
        return new StateParameters(new ListQuery(filters(values), limit, excludeDriver), detail);
    }

    /** The conditions, zipped by position. */
    static List<Filter> filters(Function<String, List<String>> values) {
        List<String> keys = values.apply("filter_keys");
        List<String> predicates = values.apply("filter_predicates");
        List<String> operands = values.apply("filter_values");
        if (keys.size() != predicates.size() || keys.size() != operands.size()) {
            throw HistoryException.invalid(
                    "filter_keys, filter_predicates and filter_values must have the same length, not "
                            + keys.size() + ", " + predicates.size() + " and " + operands.size());
        }
        List<Filter> filters = new ArrayList<>(keys.size());
        for (int i = 0; i < keys.size(); i++) {
            filters.add(Filter.of(keys.get(i), predicates.get(i), operands.get(i)));
        }
        return filters;
    }

    /** A stored answer never takes long enough for it, but a bad one is refused as live. */
    static void checkTimeout(Function<String, List<String>> values) {
        whole(values, "timeout", 0);
    }

    static boolean flag(Function<String, List<String>> values, String name, boolean otherwise) {
        String text = first(values, name);
        if (text == null || TRUE.contains(text) || FALSE.contains(text)) {
            return text == null ? otherwise : TRUE.contains(text);
        }
        throw HistoryException.invalid("Given " + name + " '" + text
                + "' is no boolean. Use one of True, true, 1, False, false, 0.");
    }

    /** A whole number, cut to the range of {@code long}. */
    static long whole(Function<String, List<String>> values, String name, long otherwise) {
        String text = first(values, name);
        if (text == null) {
            return otherwise;
        }
        String digits = text.strip();
        if (digits.length() > LONGEST_NUMBER || !digits.matches("[+-]?[0-9]+")) {
            throw HistoryException.invalid("Given " + name + " '" + text + "' is no whole number.");
        }
        BigInteger number = new BigInteger(digits);
        if (number.bitLength() < Long.SIZE) {
            return number.longValue();
        }
        return number.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    /** The first value of a parameter, {@code null} when it was not sent. */
    static String first(Function<String, List<String>> values, String name) {
        List<String> sent = values.apply(name);
        return sent.isEmpty() ? null : sent.get(0);
    }

    /** The first value of a parameter, {@code ""} when it was not sent. */
    static String text(Function<String, List<String>> values, String name) {
        String text = first(values, name);
        return text == null ? "" : text;
    }

    private static int limit(Function<String, List<String>> values) {
        long limit = whole(values, "limit", DEFAULT_LIMIT);
        if (limit > SessionQueries.SOURCE_LIMIT) {
            throw HistoryException.invalid("Given limit " + text(values, "limit").strip()
                    + " exceeds the supported limit " + SessionQueries.SOURCE_LIMIT + ". Use a lower limit, or set the"
                    + " `RAY_MAX_LIMIT_FROM_API_SERVER` environment variable to a larger value.");
        }
        if (limit < 0) {
            throw HistoryException.invalid("Given limit " + limit + " is negative. Use a limit from 0 to "
                    + SessionQueries.SOURCE_LIMIT + ".");
        }
        return (int) limit;
    }
}
