package io.rayhistory.application.read;

/**
 * Everything that a server of stored sessions asks.
 *
 * @param directory the list of sessions to search and page, with the figures that are known
 */
public record SessionSources(SessionCatalog catalog, SessionHistories histories, SessionDirectory directory,
                             SessionArchive archive, FailureReports failures) {

    /** A directory that knows the figures of sessions in memory. */
    public static SessionSources of(SessionCatalog catalog, SessionHistories histories, SessionArchive archive) {
        FailureReports failures = new FailureReports();
        SessionDirectory directory = new ListedSessions(catalog, entry -> histories.loaded(entry)
                .map(session -> SessionSummary.of(session, failures.of(session))));
        return new SessionSources(catalog, histories, directory, archive, failures);
    }
}
