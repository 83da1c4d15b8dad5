package io.rayhistory.adapters.kubernetes;

import io.rayhistory.application.port.LiveCluster;
import io.rayhistory.application.port.LiveClusters;
import io.rayhistory.application.port.Sighting;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** All configured API servers as one. */
final class KubernetesLiveClusters implements LiveClusters {
    private static final Comparator<LiveCluster> ORDER = Comparator
            .comparing((LiveCluster each) -> each.cluster().namespace())
            .thenComparing(each -> each.cluster().name()).thenComparing(LiveCluster::context);

    private final List<ContextWatch> contexts;

    KubernetesLiveClusters(List<Connection> connections, Set<String> namespaces, boolean owners, InstantSource clock) {
        this.contexts = connections.stream().map(each -> new ContextWatch(each, namespaces, owners, clock)).toList();
    }

    void start() {
        contexts.forEach(ContextWatch::start);
    }

    /** Existing anywhere is existing; not existing needs the word of all. */
    @Override
    public Sighting find(String namespace, String name) {
        List<Sighting> all = contexts.stream().map(each -> each.find(namespace, name)).toList();
        return all.size() == 1 ? all.get(0) : Sightings.together(all);
    }

    @Override
    public Listing list() {
        List<LiveCluster> clusters = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        Instant asOf = Instant.MAX;
        for (ContextWatch context : contexts) {
            clusters.addAll(context.clusters());
            Health health = context.health();
            if (health.status() == Health.Status.OK) {
                asOf = health.since().isBefore(asOf) ? health.since() : asOf;
            } else if (health.status() != Health.Status.NOT_CONFIGURED) {
                problems.add(context.name() + ": " + health.reason());
            }
        }
        clusters.sort(ORDER);
        return new Listing(clusters, asOf.equals(Instant.MAX) ? Instant.EPOCH : asOf, problems.isEmpty(), problems);
    }

    @Override
    public String activeCluster(String namespace, String service) {
        return contexts.stream().map(each -> each.activeCluster(namespace, service)).filter(name -> !name.isEmpty()).findFirst().orElse("");
    }

    @Override
    public Health health() {
        return contexts.stream().map(ContextWatch::health).max(Comparator.comparing(Health::status)).orElseThrow();
    }

    @Override
    public void close() {
        contexts.forEach(ContextWatch::close);
    }
}
