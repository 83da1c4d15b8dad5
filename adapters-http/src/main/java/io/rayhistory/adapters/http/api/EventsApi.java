package io.rayhistory.adapters.http.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.javalin.http.Context;
import io.rayhistory.adapters.http.json.JsonAnswers;
import io.rayhistory.adapters.http.json.LogEventJson;
import io.rayhistory.application.read.StoredSession;
import io.rayhistory.domain.history.LogEvent;

import java.io.IOException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code /events} (Ray: {@code python/ray/dashboard/modules/event/event_head.py}). */
final class EventsApi {
    private static final String GLOBAL = "global";

    void register(SessionRoutes routes) {
        routes.get("/events", ErrorStyle.REST, EventsApi::events);
    }

    private static void events(Context ctx, StoredSession session) throws IOException {
        String job = ctx.queryParam("job_id");
        ZoneOffset offset = ClusterStatus.offset(session);
        List<LogEvent> all = session.history().logEvents();
        if (job == null) {
            Map<String, List<LogEvent>> byJob = new LinkedHashMap<>();
            for (LogEvent event : all) {
                byJob.computeIfAbsent(event.jobId().isEmpty() ? GLOBAL : event.jobId(), id -> new ArrayList<>())
                        .add(event);
            }
            JsonAnswers.rest(ctx, 200, "All events fetched.", out -> {
                out.writeObjectFieldStart("events");
                for (Map.Entry<String, List<LogEvent>> one : byJob.entrySet()) {
                    write(out, one.getKey(), one.getValue(), offset);
                }
                out.writeEndObject();
            });
            return;
        }
        // A live dashboard knows job ids only; the events of a submission say which one they mean, so it may be asked for.
        List<LogEvent> some = all.stream().filter(event -> event.jobId().equals(job)
                || event.jobId().isEmpty() && (job.equals(GLOBAL) || event.submissionId().equals(job) && !job.isEmpty()))
                .collect(Collectors.toList());
        JsonAnswers.rest(ctx, 200, "Job events fetched.", out -> {
            out.writeStringField("jobId", job);
            write(out, "events", some, offset);
        });
    }

    private static void write(JsonGenerator out, String name, List<LogEvent> events, ZoneOffset offset)
            throws IOException {
        out.writeArrayFieldStart(name);
        for (LogEvent event : events) {
            LogEventJson.write(out, event, offset);
        }
        out.writeEndArray();
    }
}
