package io.rayhistory.adapters.http.api;

import io.rayhistory.adapters.http.json.TaskJson;
import io.rayhistory.domain.query.SessionQueries;

/** {@code /api/v0/tasks}: task attempts. */
final class TasksApi {

    void register(SessionRoutes routes) {
        routes.get("/api/v0/tasks", ErrorStyle.STATE, StateLists.inStyle(SessionQueries::tasks, TaskJson::new));
    }
}
