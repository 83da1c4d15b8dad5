package io.rayhistory.application.port;

import java.time.Instant;
import java.util.List;

/** Used where no Kubernetes is configured: nothing lives. */
public final class NoKubernetes implements LiveClusters {

    @Override
    public Sighting find(String namespace, String name) {
        return new Sighting.NotConfigured();
    }

    @Override
    public Listing list() {
        return new Listing(List.of(), Instant.EPOCH, true, List.of());
    }

    @Override
    public String activeCluster(String namespace, String service) {
        return "";
    }

    @Override
    public Health health() {
        return new Health(Health.Status.NOT_CONFIGURED, Instant.EPOCH, "");
    }

    @Override
    public void close() {
    }
}
