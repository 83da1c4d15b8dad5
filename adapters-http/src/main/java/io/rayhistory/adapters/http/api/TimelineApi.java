package io.rayhistory.adapters.http.api;

import io.javalin.http.Context;
import io.rayhistory.adapters.http.json.JsonAnswers;
import io.rayhistory.adapters.http.json.TimelineJson;
import io.rayhistory.application.read.StoredSession;
import io.rayhistory.domain.query.SessionQueries;

import java.io.IOException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** {@code /api/v0/tasks/timeline}: what ran where and when, for Chrome's trace viewer and Perfetto. */
final class TimelineApi {
    private static final DateTimeFormatter FILE_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd_HH-mm-ss").withZone(ZoneOffset.UTC);

    private final InstantSource clock;

    /** @param clock names downloads after the moment they were made */
    TimelineApi(InstantSource clock) {
        this.clock = clock;
    }

    void register(SessionRoutes routes) {
        routes.get("/api/v0/tasks/timeline", ErrorStyle.STATE, this::timeline);
    }

    private void timeline(Context ctx, StoredSession session) throws IOException {
        String jobId = StateParameters.text(ctx::queryParams, "job_id");
        boolean excludeDriver = StateParameters.flag(ctx::queryParams, "exclude_driver", true);
        boolean download = StateParameters.text(ctx::queryParams, "download").equals("1");
        SessionQueries queries = new SessionQueries(session.history());
        if (download) {
            ctx.header("Content-Disposition", DownloadNames.attachment("timeline-"
                    + (jobId.isEmpty() ? "None" : jobId) + "-" + FILE_TIME.format(clock.instant()) + ".json"));
        }
        JsonAnswers.send(ctx, 200, out -> {
            out.writeStartArray();
            queries.timeline(jobId, excludeDriver, new TimelineJson(out));
            out.writeEndArray();
        });
    }
}
