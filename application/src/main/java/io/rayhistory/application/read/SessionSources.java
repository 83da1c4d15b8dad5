package io.rayhistory.application.read;

import java.util.Optional;

/**
 * Everything that a server of stored sessions asks.
 *
 * @param directory the list of sessions to search and page, with the figures that are known
 * @param states    whether sessions still run; empty if that is of no interest
 */
public record SessionSources(SessionCatalog catalog, SessionHistories histories, SessionDirectory directory,
                             SessionArchive archive, FailureReports failures, Optional<SessionStates> states) {

    /** The same, and whether sessions still run. */
    public SessionSources with(SessionStates known) {
        return new SessionSources(catalog, histories, directory, archive, failures, Optional.of(known));
    }

    /** A directory that knows the figures of sessions in memory. */
    public static SessionSources of(SessionCatalog catalog, SessionHistories histories, SessionArchive archive) {
        FailureReports failures = new FailureReports();
        SessionDirectory directory = new ListedSessions(catalog, entry -> histories.loaded(entry)
                .map(session -> SessionSummary.of(session, failures.of(session))));
        return new SessionSources(catalog, histories, directory, archive, failures, Optional.empty());
    }
}
