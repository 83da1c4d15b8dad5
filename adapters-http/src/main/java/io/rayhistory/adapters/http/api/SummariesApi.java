package io.rayhistory.adapters.http.api;

import io.javalin.http.Context;
import io.rayhistory.adapters.http.json.JsonAnswers;
import io.rayhistory.adapters.http.json.SummaryJson;
import io.rayhistory.application.read.StoredSession;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.query.ActorSummary;
import io.rayhistory.domain.query.Filter;
import io.rayhistory.domain.query.Lineage;
import io.rayhistory.domain.query.ListQuery;
import io.rayhistory.domain.query.Page;
import io.rayhistory.domain.query.SessionQueries;
import io.rayhistory.domain.query.TaskSummary;

import java.io.IOException;
import java.util.List;

/** {@code /api/v0/{tasks,actors,objects}/summarize}. */
final class SummariesApi {

    void register(SessionRoutes routes) {
        routes.get("/api/v0/tasks/summarize", ErrorStyle.STATE, SummariesApi::tasks);
        routes.get("/api/v0/actors/summarize", ErrorStyle.STATE, SummariesApi::actors);
        routes.get("/api/v0/objects/summarize", ErrorStyle.STATE, SummariesApi::objects);
    }

    private static void tasks(Context ctx, StoredSession session) throws IOException {
        List<Filter> filters = filters(ctx);
        SessionQueries queries = new SessionQueries(session.history());
        String by = StateParameters.first(ctx::queryParams, "summary_by");
        if (by == null || by.equals("func_name") || by.equals("task_name")) {
            TaskSummary summary = queries.taskSummary(filters);
            JsonAnswers.state(ctx, out -> SummaryJson.write(out, summary));
        } else if (by.equals("lineage")) {
            Lineage lineage = queries.lineage(filters);
            JsonAnswers.state(ctx, out -> SummaryJson.write(out, lineage));
        } else {
            throw HistoryException.invalid("summary_by '" + by + "' is not one of func_name, task_name, lineage.");
        }
    }

    private static void actors(Context ctx, StoredSession session) throws IOException {
        ActorSummary summary = new SessionQueries(session.history()).actorSummary(filters(ctx));
        JsonAnswers.state(ctx, out -> SummaryJson.write(out, summary));
    }

    private static void objects(Context ctx, StoredSession session) throws IOException {
        ListQuery all = new ListQuery(filters(ctx), SessionQueries.SOURCE_LIMIT, true);
        Page<Object> none = new SessionQueries(session.history()).objects(all);
        JsonAnswers.state(ctx, out -> SummaryJson.writeNoObjects(out, none));
    }

    private static List<Filter> filters(Context ctx) {
        StateParameters.checkTimeout(ctx::queryParams);
        return StateParameters.filters(ctx::queryParams);
    }
}
