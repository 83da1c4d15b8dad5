package io.rayhistory.application.port;

import java.time.Instant;
import java.util.List;

/**
 * Which RayClusters exist now, from one or more API servers. Reads only what a watch has brought: no method does I/O, so
 * each may be called for every request and every row. Starting to watch is the constructor's or a start method's affair
 * and does not wait for ever; until the first list has come, everything is {@link Sighting.Unavailable}, never absent.
 * Thread-safe.
 */
public interface LiveClusters extends AutoCloseable {

    /**
     * What is known of one cluster.
     *
     * @param namespace as stored; a name that Kubernetes cannot have is absent
     */
    Sighting find(String namespace, String name);

    /** All clusters of all watched namespaces. */
    Listing list();

    /**
     * The name of the cluster that serves a RayService now: during an upgrade it has two. {@code ""} if that is not watched,
     * or none serves.
     */
    String activeCluster(String namespace, String service);

    /** How well the watch stands. */
    Health health();

    @Override
    void close();

    /**
     * Clusters that exist, or that existed when an API server was last heard of.
     *
     * @param clusters by namespace, name, context
     * @param asOf     the oldest confirmation of all API servers, {@link Instant#EPOCH} before the first
     * @param complete false if an API server does not answer: then absence means nothing
     * @param problems for people, one per API server in trouble
     */
    record Listing(List<LiveCluster> clusters, Instant asOf, boolean complete, List<String> problems) {
        public Listing {
            clusters = List.copyOf(clusters);
            problems = List.copyOf(problems);
        }
    }

    /** @param since when the status began, or for OK when it was last confirmed @param reason for people, may be empty */
    record Health(Status status, Instant since, String reason) {

        /** From best to worst known. */
        public enum Status {
            /** No API server is configured, or none has KubeRay. */
            NOT_CONFIGURED,
            /** Waiting for the first list. */
            SYNCING,
            /** The watch runs. */
            OK,
            /** At least one API server does not answer or refuses us. */
            STALE
        }
    }
}
