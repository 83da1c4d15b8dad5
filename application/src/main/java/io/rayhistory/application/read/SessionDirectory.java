package io.rayhistory.application.read;

import io.rayhistory.domain.failure.Outcome;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The stored sessions as a list that can be searched, sorted and paged. Never loads a session. Thread-safe. */
public interface SessionDirectory {
    int MAX_LIMIT = 1_000;

    /** What rows can be sorted by. Rows without that figure come last, whichever the direction. */
    enum SortField { START, RECORD_END, DURATION, NAMESPACE, CLUSTER, OWNER, NODES, JOBS, ATTEMPTS, FAILURES, CAUSES, OUTCOME }

    /**
     * @param text       words that must all occur, in any case, in namespace, cluster, owner or session; {@code ""} for all
     * @param namespace  exactly this one; {@code ""} for all
     * @param outcomes   one of these; empty for all. A session without summary has no outcome
     * @param since      started then or later; {@link Instant#MIN} for all. A session whose start nobody knows is in
     *                   no bounded time
     * @param until      started before then; {@link Instant#MAX} for all
     * @param limit      1 to {@value #MAX_LIMIT}
     * @param cursor     {@link Page#nextCursor} of the page before; {@code ""} for the first page
     */
    record Query(String text, String namespace, Set<Outcome> outcomes, Instant since, Instant until, SortField sort,
                 boolean descending, int limit, String cursor) {

        public Query {
            outcomes = Set.copyOf(outcomes);
        }

        /** The newest sessions. */
        public static Query newest(int limit) {
            return new Query("", "", Set.of(), Instant.MIN, Instant.MAX, SortField.START, true, limit, "");
        }
    }

    /**
     * @param ambiguous another session differs in nothing but its owner: links must tell the owner
     * @param summary   empty while nobody knows the figures
     */
    record Row(SessionEntry entry, boolean ambiguous, Optional<SessionSummary> summary) {
    }

    /**
     * @param first      how many matching rows come before these
     * @param total      how many rows match
     * @param stored     how many sessions are stored at all
     * @param nextCursor {@code ""} on the last page
     * @param namespaces of all stored sessions, sorted
     * @param damaged    entries of the store that could not be read
     */
    record Page(List<Row> rows, long first, long total, long stored, String nextCursor, List<String> namespaces,
                List<SessionCatalog.DamagedEntry> damaged) {
    }

    /**
     * @throws io.rayhistory.domain.HistoryException UNAVAILABLE if the store cannot be listed, INVALID for a limit out
     *         of bounds or a cursor that belongs to another question
     */
    default Page list(Query query) {
        return list(query, stored -> stored);
    }

    /**
     * The same of those sessions only that a filter leaves: the others are in no figure of the page, and no damaged entry
     * is told unless all are left.
     *
     * @param visible keeps the order
     */
    Page list(Query query, UnaryOperator<List<SessionEntry>> visible);
}
