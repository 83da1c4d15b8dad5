package io.rayhistory.domain.query;

import io.rayhistory.domain.HistoryException;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * All filters of a question, AND-combined, with the values already converted to their columns' types. Immutable.
 */
final class RowFilter<T> implements Predicate<T> {
    private final List<Condition<T>> conditions;

    private RowFilter(List<Condition<T>> conditions) {
        this.conditions = conditions;
    }

    static <T> RowFilter<T> of(List<Filter> filters, Columns<T> columns) {
        List<Condition<T>> conditions = new ArrayList<>(filters.size());
        for (Filter filter : filters) {
            Columns.Column<T> column = columns.named(filter.column());
            conditions.add(new Condition<>(column.value(), filter.equal(), wanted(column.type(), filter)));
        }
        return new RowFilter<>(List.copyOf(conditions));
    }

    /** True when every row passes. */
    boolean passesAll() {
        return conditions.isEmpty();
    }

    @Override
    public boolean test(T row) {
        for (Condition<T> condition : conditions) {
            if (sameValue(condition.wanted, condition.value.apply(row)) != condition.equal) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether a row's value equals the value a filter asks for. An absent value equals nothing.
     *
     * @param wanted as {@link #wanted} made it
     * @param value  of the row: text, a number, a boolean or {@code null}
     */
    static boolean sameValue(Object wanted, Object value) {
        if (value == null) {
            return false;
        }
        if (wanted instanceof Long number) {
            return value instanceof Number actual && actual.longValue() == number;
        }
        if (wanted instanceof String text) {
            return value instanceof String actual && actual.equalsIgnoreCase(text);
        }
        return value.equals(wanted);
    }

    /**
     * The filter's text as a value of the column's type: {@code String}, {@code Long} or {@code Boolean}.
     *
     * @throws HistoryException INVALID, in Ray's words, when the text does not fit
     */
    static Object wanted(ColumnType type, Filter filter) {
        switch (type) {
            case INT:
                return wantedInt(filter);
            case BOOL:
                return wantedBool(filter);
            case TEXT:
            case OBJECT:
                return filter.value();
        }
        throw new AssertionError(type);
    }

    private static Long wantedInt(Filter filter) {
        try {
            return Long.valueOf(filter.value().strip());
        } catch (NumberFormatException e) {
            throw new HistoryException(HistoryException.Kind.INVALID, "Invalid filter `--filter " + filter.column()
                    + " " + filter.value() + "` for a int type column. Please provide an integer filter `--filter "
                    + filter.column() + " [int]`", e);
        }
    }

    private static Boolean wantedBool(Filter filter) {
        switch (filter.value()) {
            case "True":
            case "true":
            case "1":
                return Boolean.TRUE;
            case "False":
            case "false":
            case "0":
                return Boolean.FALSE;
            default:
                throw HistoryException.invalid("Invalid filter `--filter " + filter.column() + " " + filter.value()
                        + "` for a boolean type column. Please provide `--filter " + filter.column()
                        + " [True|true|1]` for True or `--filter " + filter.column()
                        + " [False|false|0]` for False.");
        }
    }

    private record Condition<T>(Function<? super T, ?> value, boolean equal, Object wanted) {
    }
}
