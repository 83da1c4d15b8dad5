package io.rayhistory.adapters.http.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.javalin.http.Context;
import io.rayhistory.adapters.http.json.JsonAnswers;
import io.rayhistory.adapters.http.json.RowStyle;
import io.rayhistory.adapters.http.json.StateJobJson;
import io.rayhistory.application.read.StoredSession;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.history.Job;

import java.io.IOException;
import java.util.Map;

/** {@code /api/jobs} (Ray: {@code python/ray/dashboard/modules/job/job_head.py}). */
final class JobsApi {

    void register(SessionRoutes routes) {
        routes.get("/api/jobs/", ErrorStyle.TEXT, JobsApi::list);
        routes.get("/api/jobs/{id}", ErrorStyle.TEXT, JobsApi::one);
        routes.get("/api/jobs/{id}/logs", ErrorStyle.TEXT, JobsApi::logs);
        routes.stream("/api/jobs/{id}/logs/tail", JobsApi::tail);
        routes.readOnly("/api/jobs/", "POST");
        routes.readOnly("/api/jobs/{id}", "DELETE");
        routes.readOnly("/api/jobs/{id}/stop", "POST");
    }

    private static void list(Context ctx, StoredSession session) throws IOException {
        JsonAnswers.send(ctx, 200, out -> {
            out.writeStartArray();
            for (Job job : session.history().jobs()) {
                write(ctx, out, job);
            }
            out.writeEndArray();
        });
    }

    private static void one(Context ctx, StoredSession session) throws IOException {
        Job job = find(session, ctx.pathParam("id"));
        JsonAnswers.send(ctx, 200, out -> write(ctx, out, job));
    }

    private static void write(Context ctx, JsonGenerator out, Job job) throws IOException {
        StateJobJson.write(out, job, new RowStyle(true, true, RuntimeEnvRedaction.applies(ctx)));
    }

    private static void logs(Context ctx, StoredSession session) throws IOException {
        Job job = submitted(session, ctx.pathParam("id"));
        JsonAnswers.send(ctx, 200, out -> {
            out.writeStartObject();
            JobLog.write(session, job, out);
            out.writeEndObject();
        });
    }

    private static SessionStream.Opened tail(Map<String, String> pathParams, StoredSession session) {
        Job job = submitted(session, pathParams.get("id"));
        return frames -> JobLog.send(session, job, frames);
    }

    private static Job find(StoredSession session, String id) {
        return session.history().job(id)
                .orElseThrow(() -> HistoryException.missing("Job " + id + " does not exist"));
    }

    private static Job submitted(StoredSession session, String id) {
        Job job = find(session, id);
        if (!job.submission()) {
            throw HistoryException.invalid("Can only get logs of submission type jobs");
        }
        return job;
    }
}
