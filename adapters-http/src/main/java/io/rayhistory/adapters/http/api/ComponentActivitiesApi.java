package io.rayhistory.adapters.http.api;

import io.javalin.http.Context;
import io.rayhistory.adapters.http.json.JsonAnswers;
import io.rayhistory.application.read.StoredSession;
import io.rayhistory.domain.history.Job;

import java.io.IOException;
import java.time.InstantSource;

/** {@code /api/component_activities}: nothing is active in a dead session; the time of the last activity is its news. */
final class ComponentActivitiesApi {
    private final InstantSource clock;

    ComponentActivitiesApi(InstantSource clock) {
        this.clock = clock;
    }

    void register(SessionRoutes routes) {
        routes.get("/api/component_activities", ErrorStyle.TEXT, this::answer);
    }

    private void answer(Context ctx, StoredSession session) throws IOException {
        long recordEnd = session.history().recordEndNs() / 1_000_000;
        boolean open = session.history().jobs().stream().anyMatch(job -> job.endTimeMs() == 0);
        long last = open ? recordEnd : session.history().jobs().stream().mapToLong(Job::endTimeMs).max().orElse(0);
        ctx.res().setHeader("ETag", null);
        JsonAnswers.send(ctx, 200, out -> {
            out.writeStartObject();
            out.writeObjectFieldStart("driver");
            out.writeStringField("is_active", "INACTIVE");
            out.writeNullField("reason");
            out.writeNumberField("timestamp", clock.millis() / 1e3);
            if (last == 0) {
                out.writeNullField("last_activity_at");
            } else {
                out.writeNumberField("last_activity_at", last / 1e3);
            }
            out.writeEndObject();
            out.writeEndObject();
        });
    }
}
