package io.rayhistory.adapters.kubernetes;

import io.rayhistory.application.port.AccessReview;
import io.rayhistory.application.port.HeadServices;
import io.rayhistory.application.port.HeadTokens;
import io.rayhistory.application.port.LiveClusters;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the configured API servers are used for: which clusters live, the tokens of their dashboards, who may see what.
 *
 * <p>Rights it needs, each only for its purpose: {@code get, list, watch} on {@code rayclusters.ray.io} (in the watched
 * namespaces), the same on {@code rayservices.ray.io} if they are watched; {@code get}, better also {@code list, watch}, on the
 * Secrets of clusters that want a token, by name;
 * {@code create} on {@code tokenreviews.authentication.k8s.io} and {@code subjectaccessreviews.authorization.k8s.io}, at
 * the first API server, for access control; {@code create} on {@code serviceaccounts/token} of one account, by name, where
 * clusters get tokens of it. Thread-safe.
 */
public final class KubernetesAccess implements AutoCloseable {
    private static final long POLL_MS = 50;

    private final List<Connection> connections = new ArrayList<>();
    private final Map<String, Connection> byName = new HashMap<>();
    private final KubernetesLiveClusters clusters;
    private final KubernetesHeadTokens tokens;
    private final InstantSource clock;

    private KubernetesAccess(KubernetesSettings settings, InstantSource clock) {
        settings.servers().forEach(server -> connections.add(new Connection(server)));
        this.clusters = new KubernetesLiveClusters(connections, settings.namespaces(), settings.owners(), clock);
        connections.forEach(each -> byName.put(each.name(), each));
        this.tokens = new KubernetesHeadTokens(byName, settings.delegated(), clock);
        this.clock = clock;
    }

    /**
     * Begins to watch, and returns at once.
     *
     * @throws io.rayhistory.domain.HistoryException INVALID if the settings cannot be used
     */
    public static KubernetesAccess start(KubernetesSettings settings, InstantSource clock) {
        KubernetesAccess access = new KubernetesAccess(settings, clock);
        access.clusters.start();
        return access;
    }

    /**
     * What the API servers allow us; asks them now.
     *
     * @param services what is done with services: {@code services} if they are read, {@code services/proxy} if heads are
     *                 reached through them
     * @throws io.rayhistory.domain.HistoryException INVALID if the settings cannot be used
     */
    public static List<Right> rights(KubernetesSettings settings, Set<String> services) {
        List<Right> rights = new ArrayList<>();
        for (KubernetesSettings.ApiServer server : settings.servers()) {
            try (Connection connection = new Connection(server)) {
                rights.addAll(Rights.of(connection, settings, services, server.equals(settings.servers().get(0))));
            }
        }
        return rights;
    }

    /** Waits for the first list, but no longer than that; {@link LiveClusters#health} tells whether it came. */
    public void awaitList(Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        try {
            while (clusters.health().status() == LiveClusters.Health.Status.SYNCING && System.nanoTime() < end) {
                Thread.sleep(POLL_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Which clusters live; closed with this. */
    public LiveClusters clusters() {
        return clusters;
    }

    /** The tokens of their dashboards; closed with this. */
    public HeadTokens tokens() {
        return tokens;
    }

    /**
     * Who may see what, as the first API server says.
     *
     * @param audience whom tokens have to be made for, {@code ""} for the API server itself
     */
    public AccessReview review(String audience) {
        return new KubernetesAccessReview(connections.get(0), audience, clock);
    }

    /**
     * Checks the services of heads. Needs {@code get} on {@code services}.
     *
     * @param clusterDomain what names of services end in
     */
    public HeadServices services(String clusterDomain) {
        return new CheckedServices(byName, clusterDomain, clock);
    }

    /** The API server that {@link io.rayhistory.application.port.LiveCluster#context} names. */
    public ApiEntrance entrance(String context) {
        return byName.get(context).entrance();
    }

    @Override
    public void close() {
        tokens.close();
        clusters.close();
        connections.forEach(Connection::close);
    }
}
