package io.rayhistory.adapters.http.api;

import java.time.InstantSource;

/** Ray's state API, {@code /api/v0}: lists, summaries, the timeline and the logs. */
final class StateApi {
    private final InstantSource clock;

    StateApi(InstantSource clock) {
        this.clock = clock;
    }

    void register(SessionRoutes routes) {
        new TasksApi().register(routes);
        new StateActorsApi().register(routes);
        new StateNodesApi().register(routes);
        new StateJobsApi().register(routes);
        new WorkersApi().register(routes);
        new PlacementGroupsApi().register(routes);
        new ObjectsApi().register(routes);
        new RuntimeEnvsApi().register(routes);
        new ClusterEventsApi().register(routes);
        new SummariesApi().register(routes);
        new TimelineApi(clock).register(routes);
        new LogsApi().register(routes);
    }
}
