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

    /**
     * The head node's time zone; UTC when it was not stored. The offset is what the head really had; the name that Ray
     * stores beside it is only an example of a place with that offset, wrong as soon as that place changes its clocks.
     */
    static ZoneId zoneOf(StoredSession session) {
        for (String key : new String[] {"offset", "value"}) {
            String zone = session.timezone().getOrDefault(key, "");
            if (!zone.isEmpty()) {
                try {
                    return ZoneId.of(zone);
                } catch (DateTimeException e) {
                    continue; // text that is no zone: the other key is the next best
                }
            }
        }
        return ZoneOffset.UTC;
    }
}
