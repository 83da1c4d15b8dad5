package io.rayhistory.domain.query;

import io.rayhistory.domain.history.LogEvent;

import java.util.List;

/**
 * Lists cluster events, oldest first. Ray's own dashboard fails on them as soon as both dialects are there, for it
 * compares numbers with text.
 */
final class ClusterEventList {
    private static final Columns<LogEvent> COLUMNS = Columns.<LogEvent>builder()
            .text("severity", LogEvent::severity)
            .text("source_type", LogEvent::sourceType)
            .text("event_id", LogEvent::eventId)
            .build();
    private static final Listing<LogEvent> LISTING =
            new Listing<>("cluster event", COLUMNS, LogEvent::timeSeconds, event -> false);

    private ClusterEventList() {
    }

    /** @param events sorted by time */
    static Page<LogEvent> page(List<LogEvent> events, List<Filter> filters, int limit) {
        return LISTING.page(events.size(), events, filters, limit, 0);
    }
}
