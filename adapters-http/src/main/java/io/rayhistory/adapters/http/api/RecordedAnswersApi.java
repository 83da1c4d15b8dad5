package io.rayhistory.adapters.http.api;

import io.javalin.http.Context;
import io.rayhistory.adapters.http.json.JsonAnswers;
import io.rayhistory.adapters.http.json.JsonBody;
import io.rayhistory.application.read.StoredSession;
import io.rayhistory.domain.HistoryException;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Serve, Data and Train: no event tells about them, so what the collector copied is sent as it is, and the answer of a
 * cluster that never used them where nothing was copied.
 */
final class RecordedAnswersApi {
    private static final Set<String> SERVE_TYPES = Set.of("imperative", "declarative");

    void register(SessionRoutes routes) {
        routes.get("/api/serve/applications/", ErrorStyle.TEXT, RecordedAnswersApi::serve);
        routes.readOnly("/api/serve/applications/", "PUT", "DELETE");
        routes.get("/api/data/datasets/{job_id}", ErrorStyle.TEXT, (ctx, session) ->
                stored(ctx, session, StoredAnswers.spellings("/api/data/datasets/" + ctx.pathParam("job_id")), out -> {
                    out.writeStartObject();
                    out.writeArrayFieldStart("datasets");
                    out.writeEndArray();
                    out.writeEndObject();
                }));
        for (String path : List.of("/api/train/v2/runs/v1", "/api/train/v2/runs")) {
            routes.get(path, ErrorStyle.TEXT, (ctx, session) -> stored(ctx, session, StoredAnswers.spellings(path), out -> {
                out.writeStartObject();
                out.writeArrayFieldStart("train_runs");
                out.writeEndArray();
                out.writeEndObject();
            }));
        }
    }

    private static void serve(Context ctx, StoredSession session) throws IOException {
        String type = ctx.queryParam("api_type");
        if (type != null && !SERVE_TYPES.contains(type.toLowerCase(Locale.ROOT))) {
            throw HistoryException.invalid("Unknown api_type '" + type + "'; expected imperative or declarative");
        }
        stored(ctx, session, StoredAnswers.spellings("/api/serve/applications"), out -> {
            out.writeStartObject();
            for (String none : List.of("controller_info", "proxies", "applications")) {
                out.writeObjectFieldStart(none);
                out.writeEndObject();
            }
            out.writeNullField("target_capacity");
            out.writeEndObject();
        });
    }

    private static void stored(Context ctx, StoredSession session, List<String> targets, JsonBody otherwise)
            throws IOException {
        if (!StoredAnswers.send(ctx, session, targets)) {
            JsonAnswers.send(ctx, 200, otherwise);
        }
    }
}
