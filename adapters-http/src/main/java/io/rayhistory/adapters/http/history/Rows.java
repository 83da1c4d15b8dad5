package io.rayhistory.adapters.http.history;

import com.fasterxml.jackson.core.JsonGenerator;
import io.javalin.http.Context;
import io.rayhistory.adapters.http.json.JsonAnswers;
import io.rayhistory.application.read.StoredSession;
import io.rayhistory.domain.query.Slice;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A list of one resource as this API answers it: filtered by whole values and by text, sorted, cut. Built once, used by
 * all requests.
 */
final class Rows<T> {

    /** Writes a row's members. */
    @FunctionalInterface
    interface RowWriter<T> {
        void write(JsonGenerator out, T row, StoredSession session) throws IOException;
    }

    private final Function<T, String> id;
    private final RowWriter<T> writer;
    private final String defaultSort;
    private final Map<String, Function<T, ? extends Comparable<?>>> sorts = new LinkedHashMap<>();
    private final Map<String, Function<T, String>> filters = new LinkedHashMap<>();
    private Function<T, String> searched = row -> "";

    /** @param id tells rows apart */
    Rows(Function<T, String> id, String defaultSort, RowWriter<T> writer) {
        this.id = id;
        this.defaultSort = defaultSort;
        this.writer = writer;
    }

    /** Rows can be sorted by this; a null value comes last. */
    Rows<T> sort(String name, Function<T, ? extends Comparable<?>> value) {
        sorts.put(name, value);
        return this;
    }

    /** Rows can be asked for by whole values, several parted by commas, in any case. */
    Rows<T> filter(String name, Function<T, String> value) {
        filters.put(name, value);
        return this;
    }

    /** What {@code q} looks into. */
    Rows<T> search(Function<T, String> text) {
        searched = text;
        return this;
    }

    void send(Context ctx, StoredSession session, List<T> all) throws IOException {
        send(ctx, session, all, row -> true, "");
    }

    /**
     * @param more      what else a row must be
     * @param moreAsked the same as text
     */
    void send(Context ctx, StoredSession session, List<T> all, Predicate<T> more, String moreAsked) throws IOException {
        Asked asked = new Asked(ctx);
        Asked.Sort sort = asked.sort(defaultSort, List.copyOf(sorts.keySet()));
        StringBuilder question = new StringBuilder(sort.toString()).append(moreAsked);
        List<T> rows = new ArrayList<>();
        Predicate<T> wanted = more.and(wanted(asked, question));
        for (T row : all) {
            if (wanted.test(row)) {
                rows.add(row);
            }
        }
        rows = sorted(rows, sort);
        Slice<T> slice = Slice.of(rows, id, question.toString(), asked.limit(), asked.cursor());
        JsonAnswers.send(ctx, 200, out -> {
            out.writeStartObject();
            out.writeArrayFieldStart("rows");
            for (T row : slice.rows()) {
                out.writeStartObject();
                writer.write(out, row, session);
                out.writeEndObject();
            }
            out.writeEndArray();
            end(out, slice, all.size(), session);
        });
    }

    /** What closes every list. */
    static void end(JsonGenerator out, Slice<?> slice, int all, StoredSession session) throws IOException {
        out.writeNumberField("first", slice.first());
        out.writeNumberField("total", slice.total());
        out.writeNumberField("all", all);
        out.writeStringField("nextCursor", slice.nextCursor());
        Out.ms(out, "recordEndMs", session.history().recordEndNs() / 1_000_000);
        out.writeEndObject();
    }

    private Predicate<T> wanted(Asked asked, StringBuilder question) {
        Predicate<T> wanted = row -> true;
        for (Map.Entry<String, Function<T, String>> filter : filters.entrySet()) {
            Set<String> words = asked.words(filter.getKey());
            if (!words.isEmpty()) {
                List<String> lower = words.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
                question.append('\n').append(filter.getKey()).append('=').append(lower);
                Function<T, String> value = filter.getValue();
                wanted = wanted.and(row -> lower.contains(value.apply(row).toLowerCase(Locale.ROOT)));
            }
        }
        String text = asked.text("q").toLowerCase(Locale.ROOT).strip();
        if (text.isEmpty()) {
            return wanted;
        }
        question.append("\nq=").append(text);
        return wanted.and(row -> searched.apply(row).toLowerCase(Locale.ROOT).contains(text));
    }

    private record Keyed<T>(Comparable<Object> key, T row) {
    }

    /** Keys are made once per row: some must be unpacked. */
    @SuppressWarnings("unchecked")
    private List<T> sorted(List<T> rows, Asked.Sort sort) {
        Function<T, ? extends Comparable<?>> value = sorts.get(sort.field());
        List<Keyed<T>> keyed = new ArrayList<>(rows.size());
        for (T row : rows) {
            keyed.add(new Keyed<>((Comparable<Object>) value.apply(row), row));
        }
        Comparator<Comparable<Object>> order = Comparable::compareTo;
        keyed.sort(Comparator.comparing(Keyed<T>::key, Comparator.nullsLast(sort.descending() ? order.reversed() : order)));
        return keyed.stream().map(Keyed::row).toList();
    }

    /** Sorts times so that none comes last. */
    static Long time(long ms) {
        return ms <= 0 ? null : ms;
    }
}
