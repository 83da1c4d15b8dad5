package io.rayhistory.adapters.http.api;

/** All resources of a session's dashboard. */
public final class DashboardApi {

    /** Announces every resource. */
    public void register(SessionRoutes routes) {
    }
}
