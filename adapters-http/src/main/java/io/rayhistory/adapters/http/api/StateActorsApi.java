package io.rayhistory.adapters.http.api;

import io.rayhistory.adapters.http.json.StateActorJson;
import io.rayhistory.domain.query.SessionQueries;

/** {@code /api/v0/actors}: actors, as Ray's state client lists them. */
final class StateActorsApi {

    void register(SessionRoutes routes) {
        routes.get("/api/v0/actors", ErrorStyle.STATE, StateLists.of(SessionQueries::actors, StateActorJson::write));
    }
}
