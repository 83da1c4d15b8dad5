package io.rayhistory.domain.query;

import io.rayhistory.domain.HistoryException;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The filterable columns of one resource: name, type, and how to read a row. A reader answers text, a number, a boolean
 * or {@code null} for an absent value. Immutable.
 */
final class Columns<T> {

    /** One column. */
    record Column<T>(ColumnType type, Function<? super T, ?> value) {
    }

    private final Map<String, Column<T>> byName;

    private Columns(Map<String, Column<T>> byName) {
        this.byName = byName;
    }

    /** A column that a filter may name. */
    Column<T> named(String name) {
        Column<T> column = byName.get(name);
        if (column == null) {
            throw HistoryException.invalid("The given filter column " + name + " is not supported. "
                    + "Enter filters with \u2013-filter key=value or \u2013-filter key!=value "
                    + "Supported filter columns: " + names());
        }
        return column;
    }

    /**
     * The condition that a row passes all filters. Without filters every row passes.
     *
     * @throws HistoryException INVALID when a column is not filterable or a value does not fit its type, even if there
     *                          is no row to be filtered
     */
    RowFilter<T> filter(List<Filter> filters) {
        return RowFilter.of(filters, this);
    }

    private String names() {
        return byName.keySet().stream().map(name -> "'" + name + "'").collect(Collectors.joining(", ", "{", "}"));
    }

    static <T> Builder<T> builder() {
        return new Builder<>();
    }

    /** Collects columns in the order in which messages name them. */
    static final class Builder<T> {
        private final Map<String, Column<T>> byName = new LinkedHashMap<>();

        private Builder() {
        }

        /** @param value answers {@code ""} or {@code null} for an absent value only if {@code null} is meant by both */
        Builder<T> textOrNull(String name, Function<? super T, String> value) {
            return put(name, ColumnType.TEXT, row -> {
                String text = value.apply(row);
                return text == null || text.isEmpty() ? null : text;
            });
        }

        /** A text that is never null: an empty one equals the empty filter value. */
        Builder<T> text(String name, Function<? super T, String> value) {
            return put(name, ColumnType.TEXT, value);
        }

        /** @param value answers {@code null} for an absent value */
        Builder<T> number(String name, Function<? super T, ? extends Number> value) {
            return put(name, ColumnType.INT, value);
        }

        /** @param value answers {@code null} for an absent value */
        Builder<T> bool(String name, Function<? super T, Boolean> value) {
            return put(name, ColumnType.BOOL, value);
        }

        /** A column whose values are objects. */
        Builder<T> object(String name) {
            return put(name, ColumnType.OBJECT, row -> null);
        }

        Columns<T> build() {
            return new Columns<>(new LinkedHashMap<>(byName));
        }

        private Builder<T> put(String name, ColumnType type, Function<? super T, ?> value) {
            byName.put(name, new Column<>(type, value));
            return this;
        }
    }
}
