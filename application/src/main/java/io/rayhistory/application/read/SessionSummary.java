package io.rayhistory.application.read;

import io.rayhistory.domain.failure.FailureReport;
import io.rayhistory.domain.failure.Outcome;
import io.rayhistory.domain.history.SessionHistory;

/**
 * The figures of one session that lists show, so that no list needs to load a session.
 *
 * @param startMs     the earliest time that the record tells, 0 when it tells none
 * @param recordEndMs the latest one, 0 likewise
 * @param rayVersion  {@code ""} when unknown
 * @param nodes       nodes known, dead ones included
 * @param jobs        submitted jobs, and drivers that belong to none
 * @param attempts    task attempts
 * @param failures    of these, how many failed
 * @param causes      causes of failure: incidents and groups of failures that no retry made good
 */
public record SessionSummary(long startMs, long recordEndMs, String rayVersion, int nodes, int jobs, int attempts,
                             int failures, int causes, Outcome outcome) {

    /** The figures of a loaded session. */
    public static SessionSummary of(StoredSession session, FailureReport report) {
        SessionHistory history = session.history();
        return new SessionSummary(report.strip().fromMs(), history.recordEndNs() / 1_000_000, session.rayVersion(),
                history.nodes().size(), history.jobs().size(), history.tasks().size(), report.failedAttempts(),
                report.causes(), report.outcome());
    }

    /** From the first to the last time of the record; 0 when it tells none. */
    public long durationMs() {
        return startMs == 0 ? 0 : Math.max(0, recordEndMs - startMs);
    }
}
