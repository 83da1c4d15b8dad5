package io.rayhistory.adapters.raydashboard;

import io.rayhistory.application.port.LiveCluster;

import java.net.http.HttpClient;

/** How requests get to the dashboards of live clusters. Thread-safe. */
public sealed interface HeadRoute extends AutoCloseable permits DirectRoute, ApiServerRoute {

    /**
     * The way to one head, checked now.
     *
     * @throws io.rayhistory.domain.HistoryException UNAVAILABLE if there is no head or nobody can tell where, INVALID if it
     *         is nowhere we may go
     */
    Way to(LiveCluster cluster);

    @Override
    void close();

    /**
     * @param client        with the connections of this way
     * @param base          what comes before the dashboard's own path: scheme, host, port, and a path without a slash at its end
     * @param authorization for whoever stands before the dashboard, {@code ""} for nobody
     */
    record Way(HttpClient client, String base, String authorization) {
    }
}
