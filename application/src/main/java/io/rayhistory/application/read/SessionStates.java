package io.rayhistory.application.read;

import io.rayhistory.application.port.HeadProbe;
import io.rayhistory.application.port.LiveCluster;
import io.rayhistory.application.port.LiveClusters;
import io.rayhistory.application.port.NoKubernetes;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.application.port.RunningSession;
import io.rayhistory.application.port.Sighting;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.id.ClusterRef;
import io.rayhistory.domain.id.SessionKey;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Whether stored sessions still run: joins what Kubernetes says with what heads and the store say. Nothing here ever
 * fails because Kubernetes is away; the state is unknown then. Thread-safe.
 */
public final class SessionStates implements AutoCloseable {
    private static final Duration HEAD_WAIT = Duration.ofMillis(2_500);
    private static final Duration LIST_WAIT = Duration.ofMillis(250);

    private final LiveClusters clusters;
    private final RunningSessions running;
    private final SessionCatalog catalog;
    private final TraceReader traces;
    private final InstantSource clock;

    private SessionStates(LiveClusters clusters, HeadProbe probe, SessionCatalog catalog, TraceReader traces, InstantSource clock) {
        this.clusters = clusters;
        this.running = new RunningSessions(probe, clock);
        this.catalog = catalog;
        this.traces = traces;
        this.clock = clock;
    }

    /**
     * @param rootDir as {@link ReaderSettings} has it
     * @param catalog of the same store
     * @throws HistoryException INVALID for a root directory that is none
     */
    public static SessionStates open(LiveClusters clusters, HeadProbe probe, ObjectStore store, String rootDir,
                                     SessionCatalog catalog, InstantSource clock) {
        return new SessionStates(clusters, probe, catalog, new TraceReader(store, SessionPlaces.of(rootDir), clock), clock);
    }

    /** For programs that know of no Kubernetes: everything stored has ended. */
    public static SessionStates withoutKubernetes(ObjectStore store, String rootDir, SessionCatalog catalog, InstantSource clock) {
        return open(new NoKubernetes(), cluster -> new RunningSession.NotAsked(), store, rootDir, catalog, clock);
    }

    /** Which clusters live now. */
    public LiveClusters clusters() {
        return clusters;
    }

    /** The state of one session. May ask its cluster's head, for at most some seconds, and the store. */
    public SessionState of(SessionEntry session) {
        return of(session, HEAD_WAIT);
    }

    /** The same without waiting for a head, and unknown if the store does not answer. */
    public SessionState glance(SessionEntry session) {
        try {
            return of(session, Duration.ZERO);
        } catch (HistoryException e) {
            return new SessionState(SessionState.Phase.UNKNOWN, "store-unavailable", e.getMessage(), clock.instant());
        }
    }

    private SessionState of(SessionEntry session, Duration headWait) {
        ClusterRef cluster = session.key().cluster();
        return rules(session, headWait, () -> traces.of(session.key()), newer(session))
                .decide(clusters.find(cluster.namespace(), cluster.name()));
    }

    /**
     * The states of a listing, in its order. Heads are asked together and waited for a moment only: a session whose head
     * has not answered by then is {@code asking}. The store is asked about the newest session of each cluster only; of
     * older ones Kubernetes alone tells.
     *
     * @param newestFirst as {@link SessionCatalog#list} gives it
     */
    public List<SessionState> of(List<SessionEntry> newestFirst) {
        return of(newestFirst, LIST_WAIT);
    }

    /** The same with as much patience as that for all heads together. */
    public List<SessionState> of(List<SessionEntry> newestFirst, Duration patience) {
        Map<String, SessionKey> newest = new LinkedHashMap<>();
        Set<String> asking = new HashSet<>();
        for (SessionEntry session : newestFirst) {
            ClusterRef cluster = session.key().cluster();
            newest.putIfAbsent(name(cluster), session.key());
            if (asking.add(name(cluster)) && clusters.find(cluster.namespace(), cluster.name()) instanceof Sighting.Present present) {
                present.clusters().forEach(running::now);
            }
        }
        long end = System.nanoTime() + patience.toNanos();
        return newestFirst.stream().map(session -> {
            ClusterRef cluster = session.key().cluster();
            boolean first = newest.get(name(cluster)).equals(session.key());
            Duration wait = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
            return rules(session, wait, () -> first ? traces.of(session.key()) : SessionTraces.NONE, () -> !first)
                    .decide(clusters.find(cluster.namespace(), cluster.name()));
        }).toList();
    }

    /** The cluster whose head says, not longer than 30 s ago, that it runs this session now; asks if need be. */
    public Optional<LiveCluster> running(SessionEntry session) {
        ClusterRef cluster = session.key().cluster();
        if (!(clusters.find(cluster.namespace(), cluster.name()) instanceof Sighting.Present present)) {
            return Optional.empty();
        }
        return present.clusters().stream().filter(each -> running.within(each, HEAD_WAIT) instanceof RunningSession.Known known
                && known.session().equals(session.key().session())).findFirst();
    }

    /** What the head of that cluster runs, asked now if need be. */
    public RunningSession runningIn(LiveCluster cluster) {
        return running.within(cluster, HEAD_WAIT);
    }

    private StateRules rules(SessionEntry session, Duration headWait, Supplier<SessionTraces> stored,
                             BooleanSupplier newer) {
        long end = System.nanoTime() + headWait.toNanos();
        return new StateRules(session.key().session(),
                cluster -> running.within(cluster, Duration.ofNanos(Math.max(0, end - System.nanoTime()))),
                cluster -> running.ranEarlier(cluster, session.key().session()), stored, newer, clock.instant());
    }

    private BooleanSupplier newer(SessionEntry session) {
        ClusterRef cluster = session.key().cluster();
        return () -> {
            try {
                SessionEntry latest = catalog.resolve(cluster.namespace(), cluster.name(), "latest", "");
                return latest.start().isPresent() && session.start().isPresent()
                        && latest.start().get().isAfter(session.start().get());
            } catch (HistoryException e) {
                return false;
            }
        };
    }

    private static String name(ClusterRef cluster) {
        return cluster.namespace() + "/" + cluster.name();
    }

    @Override
    public void close() {
        running.close();
    }
}
