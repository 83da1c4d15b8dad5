package io.rayhistory.adapters.http.api;

import io.rayhistory.adapters.http.json.WorkerJson;
import io.rayhistory.domain.query.SessionQueries;

/** {@code /api/v0/workers}: worker processes and drivers. */
final class WorkersApi {

    void register(SessionRoutes routes) {
        routes.get("/api/v0/workers", ErrorStyle.STATE, StateLists.of(SessionQueries::workers, WorkerJson::write));
    }
}
