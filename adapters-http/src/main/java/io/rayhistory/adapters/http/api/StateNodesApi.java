package io.rayhistory.adapters.http.api;

import io.rayhistory.adapters.http.json.StateNodeJson;
import io.rayhistory.domain.query.SessionQueries;

/** {@code /api/v0/nodes}: nodes, as Ray's state client lists them. */
final class StateNodesApi {

    void register(SessionRoutes routes) {
        routes.get("/api/v0/nodes", ErrorStyle.STATE, StateLists.of(SessionQueries::nodes, StateNodeJson::write));
    }
}
