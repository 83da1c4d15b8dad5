package io.rayhistory.adapters.http.api;

import io.rayhistory.adapters.http.json.ClusterEventJson;
import io.rayhistory.application.read.StoredSession;
import io.rayhistory.domain.query.SessionQueries;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * {@code /api/v0/cluster_events}: the events that Ray's components wrote to their log folders. A live dashboard fails here
 * as soon as its Python and its C++ components have both written some.
 */
final class ClusterEventsApi {

    void register(SessionRoutes routes) {
        routes.get("/api/v0/cluster_events", ErrorStyle.STATE, (ctx, session) -> {
            ZoneId zone = zoneOf(session);
            StateLists.answer(ctx, session, SessionQueries::clusterEvents, false,
                    (out, event, style) -> ClusterEventJson.write(out, event, style, zone));
        });
    }

    /** The head node's time zone, by name or else by offset; UTC when it was not stored. */
    static ZoneId zoneOf(StoredSession session) {
        for (String key : new String[] {"value", "offset"}) {
            String zone = session.timezone().getOrDefault(key, "");
            if (!zone.isEmpty()) {
                try {
                    return ZoneId.of(zone);
                } catch (DateTimeException e) {
                    continue; // a zone this Java does not know: the offset is the next best
                }
            }
        }
        return ZoneOffset.UTC;
    }
}
