package io.rayhistory.adapters.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;

import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The resources of one kind in one namespace, or in all, of one API server. An informer lists them and follows; when it gives up, or
 * when the API server was away, another takes its place, and what the former one knew stays until the new list is
 * complete. Thread-safe: changed by the scheduler and the informer's threads only.
 */
final class ResourceWatch<T> {
    private static final System.Logger LOG = System.getLogger(ResourceWatch.class.getName());
    private static final long PAGE = 500;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration REFUSED_PAUSE = Duration.ofSeconds(60);
    private static final Duration ABSENT_PAUSE = Duration.ofMinutes(5);

    /** An API server that has just started does not know all its definitions yet. */
    private static final int SURELY_NOT_FOUND = 3;

    /** How it stands. */
    enum Phase { SYNCING, OK, STALE, NO_KUBERAY }

    /**
     * What to watch.
     *
     * @param kind   such as RayCluster; of group ray.io, version v1
     * @param reader what to remember of one
     */
    record Watched<T>(String kind, Function<GenericKubernetesResource, T> reader) {
        String plural() {
            return kind.toLowerCase(Locale.ROOT) + "s";
        }

        ResourceDefinitionContext definition() {
            return new ResourceDefinitionContext.Builder().withGroup("ray.io").withVersion("v1").withPlural(plural()).withKind(kind)
                    .withNamespaced(true).build();
        }
    }

    private record State<T>(Phase phase, Instant since, String reason, Optional<TrimmedStore<T>> known) {
    }

    private final Connection connection;
    private final Watched<T> watched;
    private final String namespace;
    private final ScheduledExecutorService scheduler;
    private final InstantSource clock;
    private volatile State<T> state;
    private SharedIndexInformer<GenericKubernetesResource> informer;
    private Duration pause = FIRST_PAUSE;
    private int notFound;
    private boolean closed;

    /** @param namespace {@code ""} for all */
    ResourceWatch(Connection connection, Watched<T> watched, String namespace, ScheduledExecutorService scheduler, InstantSource clock) {
        this.connection = connection;
        this.watched = watched;
        this.namespace = namespace;
        this.scheduler = scheduler;
        this.clock = clock;
        this.state = new State<>(Phase.SYNCING, clock.instant(), "the API server " + connection.url()
                + " has not listed " + watched.kind() + "s yet", Optional.empty());
    }

    Phase phase() {
        return state.phase();
    }

    Instant since() {
        return state.since();
    }

    String reason() {
        return state.reason();
    }

    /** True once a list was complete; {@link #find} and {@link #all} mean nothing before. */
    boolean synced() {
        return state.known().isPresent();
    }

    Optional<T> find(String in, String name) {
        return state.known().flatMap(known -> known.find(in, name));
    }

    Collection<T> all() {
        return state.known().map(TrimmedStore::all).orElse(List.of());
    }

    /** Lists and follows, in place of what did so before. */
    synchronized void start() {
        if (closed) {
            return;
        }
        stop();
        if (state.phase() == Phase.OK) {
            state = new State<>(Phase.STALE, clock.instant(), watched.kind() + "s are being listed again", state.known());
        }
        try {
            follow();
        } catch (RuntimeException e) {
            again(e);
        }
    }

    private void follow() {
        TrimmedStore<T> store = new TrimmedStore<>(watched.reader());
        var resources = connection.client().genericKubernetesResources(watched.definition());
        // With a limit the list comes from the store itself, not from what a just restarted API server remembers.
        SharedIndexInformer<GenericKubernetesResource> begun = namespace.isEmpty()
                ? resources.inAnyNamespace().withLimit(PAGE).runnableInformer(0)
                : resources.inNamespace(namespace).withLimit(PAGE).runnableInformer(0);
        informer = begun;
        begun.itemStore(store).exceptionHandler((started, failure) -> false);
        begun.stopped().whenComplete((none, failure) -> later(() -> stopped(begun, failure)));
        begun.start().whenComplete((none, failure) -> {
            if (failure == null) {
                listed(begun, store);
            }
        });
    }

    private synchronized void listed(SharedIndexInformer<GenericKubernetesResource> by, TrimmedStore<T> store) {
        if (by != informer) {
            return;
        }
        if (state.phase() != Phase.OK) {
            LOG.log(System.Logger.Level.INFO, "{0}: watching {1} {2}s{3}", connection.name(), store.size(), watched.kind(), where());
        }
        pause = FIRST_PAUSE;
        notFound = 0;
        state = new State<>(Phase.OK, clock.instant(), "", Optional.of(store));
    }

    private synchronized void stopped(SharedIndexInformer<GenericKubernetesResource> which, Throwable failure) {
        if (closed || which != informer || failure == null) {
            return;
        }
        if (state.phase() == Phase.OK) {
            state = new State<>(Phase.STALE, clock.instant(), "the watch ended: " + Failures.reason(failure), state.known());
            scheduler.schedule(this::start, FIRST_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } else {
            again(failure);
        }
    }

    private void again(Throwable failure) {
        failed(failure);
        long jitter = ThreadLocalRandom.current().nextLong(pause.toMillis() / 4 + 1);
        scheduler.schedule(this::start, pause.toMillis() + jitter, TimeUnit.MILLISECONDS);
    }

    private void failed(Throwable failure) {
        int status = Failures.status(failure);
        boolean refused = status == HttpURLConnection.HTTP_UNAUTHORIZED || status == HttpURLConnection.HTTP_FORBIDDEN;
        notFound = status == HttpURLConnection.HTTP_NOT_FOUND ? notFound + 1 : 0;
        boolean missing = notFound >= SURELY_NOT_FOUND && !synced();
        String reason = refused ? "may not list " + watched.plural() + where() + ": " + Failures.reason(failure)
                : missing ? "KubeRay is not installed (no " + watched.plural() + ".ray.io)"
                : watched.plural() + " cannot be listed: " + Failures.reason(failure);
        Phase next = missing ? Phase.NO_KUBERAY
                : state.phase() == Phase.SYNCING && !refused ? Phase.SYNCING : Phase.STALE;
        if (next != state.phase() || !reason.equals(state.reason())) {
            LOG.log(System.Logger.Level.WARNING, "{0}: {1}", connection.name(), reason);
            state = new State<>(next, next == state.phase() ? state.since() : clock.instant(), reason, state.known());
        }
        Duration doubled = pause.multipliedBy(2);
        pause = refused ? REFUSED_PAUSE : next == Phase.NO_KUBERAY ? ABSENT_PAUSE
                : doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }

    private String where() {
        return namespace.isEmpty() ? " in all namespaces" : " in namespace " + namespace;
    }

    /** The client's threads must not wait for us. */
    private void later(Runnable action) {
        if (!scheduler.isShutdown()) {
            scheduler.execute(action);
        }
    }

    private void stop() {
        if (informer != null) {
            SharedIndexInformer<GenericKubernetesResource> former = informer;
            informer = null;
            former.close();
        }
    }

    synchronized void close() {
        closed = true;
        stop();
    }
}
