package io.rayhistory.application.read;

import io.rayhistory.domain.failure.FailureReport;
import io.rayhistory.domain.history.SessionHistory;

import java.util.Map;
import java.util.WeakHashMap;

/** Failure reports of loaded sessions: made when first asked for, kept as long as the history is. Thread-safe. */
public final class FailureReports {

    /** Makes the report once, whoever comes first; others of the same session wait. */
    private static final class Lazy {
        private FailureReport report;

        synchronized FailureReport of(SessionHistory history) {
            if (report == null) {
                report = FailureReport.of(history);
            }
            return report;
        }
    }

    private final Map<SessionHistory, Lazy> known = new WeakHashMap<>();

    public FailureReport of(StoredSession session) {
        Lazy lazy;
        synchronized (known) {
            lazy = known.computeIfAbsent(session.history(), history -> new Lazy());
        }
        return lazy.of(session.history());
    }
}
