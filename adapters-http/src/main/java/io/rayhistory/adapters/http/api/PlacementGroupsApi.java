package io.rayhistory.adapters.http.api;

import io.rayhistory.adapters.http.json.PlacementGroupJson;
import io.rayhistory.domain.query.SessionQueries;

/** {@code /api/v0/placement_groups}: placement groups. */
final class PlacementGroupsApi {

    void register(SessionRoutes routes) {
        routes.get("/api/v0/placement_groups", ErrorStyle.STATE, StateLists.of(SessionQueries::placementGroups, PlacementGroupJson::write));
    }
}
