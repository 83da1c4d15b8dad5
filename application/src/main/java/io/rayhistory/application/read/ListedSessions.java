package io.rayhistory.application.read;

import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.id.ClusterRef;
import io.rayhistory.domain.id.SessionKey;
import io.rayhistory.domain.query.Slice;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The catalog's sessions, with the figures of those of which somebody knows them. Thread-safe; keeps nothing. */
final class ListedSessions implements SessionDirectory {
    /** Sorted by these, only the sessions of the page itself need figures. */
    private static final Set<SortField> BY_NAME = Set.of(SortField.START, SortField.NAMESPACE, SortField.CLUSTER, SortField.OWNER);

    private final Supplier<SessionCatalog.Listing> catalog;
    private final Function<List<SessionEntry>, Map<SessionKey, SessionSummary>> summaries;

    /** @param summaries what is known of some sessions without loading any; asked once for a page */
    ListedSessions(Supplier<SessionCatalog.Listing> catalog, Function<List<SessionEntry>, Map<SessionKey, SessionSummary>> summaries) {
        this.catalog = catalog;
        this.summaries = summaries;
    }

    @Override
    public Page list(Query query, UnaryOperator<List<SessionEntry>> visible) {
        if (query.limit() < 1 || query.limit() > MAX_LIMIT) {
            throw HistoryException.invalid("limit " + query.limit() + " is out of bounds: expected 1 to " + MAX_LIMIT);
        }
        SessionCatalog.Listing listing = seen(catalog.get(), visible);
        Map<String, Integer> names = new HashMap<>();
        listing.sessions().forEach(entry -> names.merge(nameOf(entry), 1, Integer::sum));
        List<String> words = List.of(query.text().toLowerCase(Locale.ROOT).strip().split("\\s+"));
        List<SessionEntry> matching = listing.sessions().stream().filter(entry -> matches(query, words, entry)).toList();
        boolean figures = !query.outcomes().isEmpty() || !BY_NAME.contains(query.sort());
        Map<SessionKey, SessionSummary> known = figures ? summaries.apply(matching) : Map.of();
        List<Row> rows = new ArrayList<>();
        for (SessionEntry entry : matching) {
            Optional<SessionSummary> summary = Optional.ofNullable(known.get(entry.key()));
            if (query.outcomes().isEmpty() || summary.filter(s -> query.outcomes().contains(s.outcome())).isPresent()) {
                rows.add(new Row(entry, names.get(nameOf(entry)) > 1, summary));
            }
        }
        rows.sort(order(query));
        Slice<Row> slice = Slice.of(rows, row -> idOf(row.entry()), question(query), query.limit(), query.cursor());
        List<Row> shown = figures ? slice.rows() : withFigures(slice.rows());
        List<String> namespaces = listing.sessions().stream().map(entry -> entry.key().cluster().namespace()).distinct()
                .sorted().toList();
        return new Page(shown, slice.first(), slice.total(), listing.sessions().size(), slice.nextCursor(), namespaces,
                listing.damaged());
    }

    private static SessionCatalog.Listing seen(SessionCatalog.Listing all, UnaryOperator<List<SessionEntry>> visible) {
        List<SessionEntry> left = visible.apply(all.sessions());
        return new SessionCatalog.Listing(left, left.size() == all.sessions().size() ? all.damaged() : List.of());
    }

    private List<Row> withFigures(List<Row> rows) {
        Map<SessionKey, SessionSummary> known = summaries.apply(rows.stream().map(Row::entry).toList());
        return rows.stream().map(row -> new Row(row.entry(), row.ambiguous(), Optional.ofNullable(known.get(row.entry().key())))).toList();
    }

    private static boolean matches(Query query, List<String> words, SessionEntry entry) {
        ClusterRef cluster = entry.key().cluster();
        if (!query.namespace().isEmpty() && !query.namespace().equals(cluster.namespace())) {
            return false;
        }
        boolean bounded = query.since().isAfter(Instant.MIN) || query.until().isBefore(Instant.MAX);
        if (bounded && (entry.start().isEmpty() || entry.start().get().isBefore(query.since())
                || !entry.start().get().isBefore(query.until()))) {
            return false;
        }
        String text = String.join(" ", cluster.namespace(), cluster.name(), cluster.ownerName(), cluster.ownerKind().folder(),
                entry.key().session()).toLowerCase(Locale.ROOT);
        return words.stream().allMatch(text::contains);
    }

    private static Comparator<Row> order(Query query) {
        Comparator<Row> order = switch (query.sort()) {
            case START -> by(row -> row.entry().start(), query);
            case RECORD_END -> by(row -> row.summary().map(SessionSummary::recordEndMs), query);
            case DURATION -> by(row -> row.summary().map(SessionSummary::durationMs), query);
            case NAMESPACE -> by(row -> Optional.of(row.entry().key().cluster().namespace()), query);
            case CLUSTER -> by(row -> Optional.of(row.entry().key().cluster().name()), query);
            case OWNER -> by(row -> Optional.of(row.entry().key().cluster().ownerName()), query);
            case NODES -> by(row -> row.summary().map(SessionSummary::nodes), query);
            case JOBS -> by(row -> row.summary().map(SessionSummary::jobs), query);
            case ATTEMPTS -> by(row -> row.summary().map(SessionSummary::attempts), query);
            case FAILURES -> by(row -> row.summary().map(SessionSummary::failures), query);
            case CAUSES -> by(row -> row.summary().map(SessionSummary::causes), query);
            case OUTCOME -> by(row -> row.summary().map(SessionSummary::outcome), query);
        };
        return order.thenComparing(row -> idOf(row.entry()));
    }

    private static <V extends Comparable<? super V>> Comparator<Row> by(Function<Row, Optional<V>> value, Query query) {
        Comparator<V> order = query.descending() ? Comparator.reverseOrder() : Comparator.naturalOrder();
        return Comparator.comparing((Row row) -> value.apply(row).orElse(null), Comparator.nullsLast(order));
    }

    private static String question(Query query) {
        return String.join("\n", query.text(), query.namespace(), query.outcomes().stream().sorted().toList().toString(),
                query.since().toString(), query.until().toString(), query.sort().name(), Boolean.toString(query.descending()));
    }

    private static String nameOf(SessionEntry entry) {
        ClusterRef cluster = entry.key().cluster();
        return cluster.namespace() + "/" + cluster.name() + "/" + entry.key().session();
    }

    private static String idOf(SessionEntry entry) {
        ClusterRef cluster = entry.key().cluster();
        return nameOf(entry) + "/" + cluster.ownerKind().folder() + "/" + cluster.ownerName();
    }
}
