package io.rayhistory.application.read;

import io.rayhistory.domain.id.SessionKey;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

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
        return of(catalog, catalog::list, histories, archive, new FailureReports(), entries -> Map.of());
    }

    /**
     * @param listing what lists show
     * @param stored  the figures that are known of sessions that are not in memory
     */
    static SessionSources of(SessionCatalog catalog, Supplier<SessionCatalog.Listing> listing, SessionHistories histories,
                             SessionArchive archive, FailureReports failures,
                             Function<List<SessionEntry>, Map<SessionKey, SessionSummary>> stored) {
        return new SessionSources(catalog, histories, new ListedSessions(listing, entries -> {
            Map<SessionKey, SessionSummary> known = new HashMap<>();
            List<SessionEntry> others = new ArrayList<>();
            for (SessionEntry entry : entries) {
                histories.loaded(entry).ifPresentOrElse(
                        session -> known.put(entry.key(), SessionSummary.of(session, failures.of(session))), () -> others.add(entry));
            }
            known.putAll(stored.apply(others));
            return known;
        }), archive, failures, Optional.empty());
    }
}
