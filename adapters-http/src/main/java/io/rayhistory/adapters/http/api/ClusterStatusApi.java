package io.rayhistory.adapters.http.api;

import io.javalin.http.Context;
import io.rayhistory.adapters.http.json.JsonAnswers;
import io.rayhistory.application.read.StoredSession;

import java.io.IOException;
import java.util.List;

/**
 * {@code /api/cluster_status} (Ray: {@code python/ray/dashboard/modules/reporter/reporter_head.py}): what the collector
 * copied, else a report built from the record.
 */
final class ClusterStatusApi {
    private final LogFacts facts;

    ClusterStatusApi(LogFacts facts) {
        this.facts = facts;
    }

    void register(SessionRoutes routes) {
        routes.get("/api/cluster_status", ErrorStyle.REST, this::answer);
    }

    private void answer(Context ctx, StoredSession session) throws IOException {
        boolean text = "1".equals(ctx.queryParam("format"));
        if (StoredAnswers.send(ctx, session, List.of(text ? "/api/cluster_status?format=1" : "/api/cluster_status"))) {
            return;
        }
        ClusterStatus status = ClusterStatus.of(session, facts);
        if (text) {
            JsonAnswers.rest(ctx, 200, "Got formatted cluster status.", out ->
                    out.writeStringField("clusterStatus", status.text()));
        } else {
            JsonAnswers.rest(ctx, 200, "Got cluster status.", status::write);
        }
    }
}
