package io.rayhistory.adapters.http.api;

import io.rayhistory.adapters.http.json.StateJobJson;
import io.rayhistory.domain.query.SessionQueries;

/** {@code /api/v0/jobs}: jobs, as Ray's state client lists them. */
final class StateJobsApi {

    void register(SessionRoutes routes) {
        routes.get("/api/v0/jobs", ErrorStyle.STATE, StateLists.of(SessionQueries::jobs, StateJobJson::write));
    }
}
