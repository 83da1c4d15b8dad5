package io.rayhistory.application.read;

import java.util.Optional;

/** Loaded sessions: a bounded cache, one load per session however many ask. */
public interface SessionHistories {

    /**
     * The session, loaded now if it is not in memory. Concurrent callers of one session share one load; callers of
     * other sessions are not held up. A failed load is not remembered.
     *
     * @throws io.rayhistory.domain.HistoryException UNAVAILABLE if the store fails or the load takes longer than its
     *         limit, MISSING if the session has no data at all
     */
    StoredSession open(SessionEntry entry);

    /**
     * How far the load is that somebody now waits for; empty when none runs: the session is in memory, or nobody asked.
     * Neither starts a load nor waits for one.
     */
    Optional<LoadProgress> progress(SessionEntry entry);

    /** The session if it is in memory now. Loads nothing, and does not count as a use. */
    Optional<StoredSession> loaded(SessionEntry entry);

    /** How the cache is doing now, for metrics. */
    Stats stats();

    /** @param bytes estimated heap of what is cached */
    record Stats(int sessions, long bytes, long loads, long failedLoads, long hits, long loadNanos,
                 SnapshotStats snapshots) {

        /** Without snapshots. */
        public Stats(int sessions, long bytes, long loads, long failedLoads, long hits, long loadNanos) {
            this(sessions, bytes, loads, failedLoads, hits, loadNanos, SnapshotStats.NONE);
        }
    }
}
