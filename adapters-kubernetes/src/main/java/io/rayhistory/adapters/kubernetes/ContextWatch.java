package io.rayhistory.adapters.kubernetes;

import io.rayhistory.application.port.LiveCluster;
import io.rayhistory.application.port.LiveClusters.Health;
import io.rayhistory.application.port.Sighting;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The RayClusters of one API server, and whether it is there at all: a watch does not tell, for one whose server hangs
 * just stays silent. Two heartbeats without an answer make what is known stale; the first answer afterwards starts the
 * watches anew, since what happened meanwhile may have been missed. Thread-safe.
 */
final class ContextWatch implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ContextWatch.class.getName());
    private static final Duration BEAT = Duration.ofSeconds(15);
    private static final Duration SECOND_TRY = Duration.ofSeconds(2);
    private static final int MISSES = 2;

    /** @param since when the first of the missed heartbeats was asked; empty reason while it answers */
    private record Beat(int misses, Instant since, String reason, Instant confirmed) {
        boolean away() {
            return misses >= MISSES;
        }
    }

    private final Connection connection;
    private final InstantSource clock;
    private final ScheduledExecutorService scheduler;
    private final Map<String, ResourceWatch<LiveCluster>> watches = new LinkedHashMap<>();
    private final Map<String, ResourceWatch<String>> services = new LinkedHashMap<>();
    private volatile Beat beat;

    /** @param namespaces empty for all @param owners whether to watch RayServices, too */
    ContextWatch(Connection connection, Set<String> namespaces, boolean owners, InstantSource clock) {
        this.connection = connection;
        this.clock = clock;
        this.beat = new Beat(0, Instant.EPOCH, "", Instant.EPOCH);
        this.scheduler = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "kubernetes-" + connection.name());
            thread.setDaemon(true);
            return thread;
        });
        for (String namespace : namespaces.isEmpty() ? Set.of("") : namespaces) {
            watches.put(namespace, new ResourceWatch<>(connection, new ResourceWatch.Watched<>("RayCluster",
                    resource -> RayClusterReader.read(connection.name(), resource)), namespace, scheduler, clock));
            if (owners) {
                services.put(namespace, new ResourceWatch<>(connection, new ResourceWatch.Watched<>("RayService",
                        RayClusterReader::activeCluster), namespace, scheduler, clock));
            }
        }
    }

    void start() {
        all().forEach(watch -> scheduler.execute(watch::start));
        scheduler.schedule(this::beat, BEAT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void beat() {
        Instant asked = clock.instant();
        String trouble = connection.heartbeat();
        Beat before = beat;
        if (trouble.isEmpty()) {
            if (before.away()) {
                LOG.log(System.Logger.Level.INFO, "{0}: the API server answers again", connection.name());
                all().forEach(ResourceWatch::start);
            }
            beat = new Beat(0, Instant.EPOCH, "", asked);
        } else {
            beat = new Beat(before.misses() + 1, before.misses() == 0 ? asked : before.since(), trouble, before.confirmed());
            if (beat.misses() == MISSES) {
                LOG.log(System.Logger.Level.WARNING, "{0}: {1}; stored sessions are served, whether they live is unknown",
                        connection.name(), trouble);
            }
        }
        Duration wait = beat.misses() == 0 ? BEAT : SECOND_TRY;
        scheduler.schedule(this::beat, wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** @param namespace whether or not it is watched */
    Sighting find(String namespace, String name) {
        ResourceWatch<LiveCluster> watch = watch(watches, namespace);
        if (watch == null) {
            return new Sighting.NotWatched();
        }
        Optional<LiveCluster> found = watch.find(namespace, name);
        Beat now = beat;
        if (now.away()) {
            return new Sighting.Unavailable(watch.synced() && found.isEmpty(), found.stream().toList(), now.since(), now.reason());
        }
        return switch (watch.phase()) {
            case NO_KUBERAY -> new Sighting.NotConfigured();
            case SYNCING, STALE -> new Sighting.Unavailable(watch.synced() && found.isEmpty(), found.stream().toList(),
                    watch.since(), watch.reason());
            case OK -> found.isPresent() ? new Sighting.Present(found.stream().toList(), asOf(watch))
                    : new Sighting.Absent(asOf(watch));
        };
    }

    /** The cluster that serves a RayService, {@code ""} if that is not known. */
    String activeCluster(String namespace, String service) {
        ResourceWatch<String> watch = watch(services, namespace);
        return watch == null ? "" : watch.find(namespace, service).orElse("");
    }

    private static <T> ResourceWatch<T> watch(Map<String, ResourceWatch<T>> some, String namespace) {
        return Optional.ofNullable(some.get("")).orElse(some.get(namespace));
    }

    private Stream<ResourceWatch<?>> all() {
        return Stream.concat(watches.values().stream(), services.values().stream());
    }

    private Instant asOf(ResourceWatch<?> watch) {
        return beat.confirmed().isAfter(watch.since()) ? beat.confirmed() : watch.since();
    }

    List<LiveCluster> clusters() {
        List<LiveCluster> all = new ArrayList<>();
        watches.values().forEach(watch -> all.addAll(watch.all()));
        return all;
    }

    /** The worst of all watches. */
    Health health() {
        Beat now = beat;
        if (now.away()) {
            return new Health(Health.Status.STALE, now.since(), now.reason());
        }
        Health worst = null;
        for (ResourceWatch<?> watch : watches.values()) {
            Health each = switch (watch.phase()) {
                case NO_KUBERAY -> new Health(Health.Status.NOT_CONFIGURED, watch.since(), watch.reason());
                case SYNCING -> new Health(Health.Status.SYNCING, watch.since(), watch.reason());
                case OK -> new Health(Health.Status.OK, asOf(watch), "");
                case STALE -> new Health(Health.Status.STALE, watch.since(), watch.reason());
            };
            if (worst == null || each.status().compareTo(worst.status()) > 0) {
                worst = each;
            }
        }
        return worst;
    }

    String name() {
        return connection.name();
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
        all().forEach(ResourceWatch::close);
    }
}
