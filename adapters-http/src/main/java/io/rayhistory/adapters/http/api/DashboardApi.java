package io.rayhistory.adapters.http.api;

import java.time.InstantSource;

/** All resources of a session's dashboard. */
public final class DashboardApi {
    private final DashboardSettings settings;
    private final InstantSource clock;

    /** @param clock for the few answers that tell the time of the request */
    public DashboardApi(DashboardSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** Announces every resource. */
    public void register(SessionRoutes routes) {
        new StateApi(clock).register(routes);
        LogFacts facts = new LogFacts();
        new VersionApi(settings, facts).register(routes);
        new ConstantsApi(settings).register(routes);
        new ComponentActivitiesApi(clock).register(routes);
        new ClusterStatusApi(facts).register(routes);
        new NodesApi(settings, facts).register(routes);
        new EventsApi().register(routes);
        new JobsApi().register(routes);
        new ActorsApi().register(routes);
        new RecordedAnswersApi().register(routes);
    }
}
