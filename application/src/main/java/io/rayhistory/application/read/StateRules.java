package io.rayhistory.application.read;

import io.rayhistory.application.port.LiveCluster;
import io.rayhistory.application.port.LiveCluster.Suspension.Phase;
import io.rayhistory.application.port.RunningSession;
import io.rayhistory.application.port.Sighting;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Decides whether a stored session lives (spec: kubernetes.md, section 2.4). The rules stand in another order than there
 * where that gives the same state with fewer questions: what Kubernetes and the head say comes before what is stored.
 *
 * @param session      name of the session
 * @param running      which session a cluster's head runs
 * @param ranEarlier   whether the session was seen to run in an earlier cluster of the same name
 * @param traces       what the store tells; asked at most once, if nothing else decides
 * @param newerStored  whether a newer session of the same cluster is stored; likewise
 */
record StateRules(String session, Function<LiveCluster, RunningSession> running, Function<LiveCluster, Boolean> ranEarlier,
                  Supplier<SessionTraces> traces, BooleanSupplier newerStored, Instant now) {
    /** The store's clock and the API server's may differ. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);
    /** Three heartbeats. */
    private static final Duration ALIVE = Duration.ofMinutes(3);

    SessionState decide(Sighting sighting) {
        if (sighting instanceof Sighting.NotConfigured) {
            return ended("no-kubernetes", "no Kubernetes is configured, so nothing is known to run", now);
        }
        if (sighting instanceof Sighting.Absent absent) {
            return ended("cluster-gone", "its cluster does not exist any more", absent.asOf());
        }
        if (sighting instanceof Sighting.Present present) {
            return present.clusters().size() == 1 ? present(present.clusters().get(0), present.asOf())
                    : several(present.clusters(), present.asOf());
        }
        if (traces.get().saidToEnd()) {
            return saidToEnd();
        }
        if (sighting instanceof Sighting.Unavailable away) {
            return away.wasAbsent() ? ended("cluster-gone", "its cluster did not exist when last seen; " + away.reason(), away.since())
                    : unknown("api-unavailable", away.reason(), away.since());
        }
        return unknown("namespace-not-watched", "its namespace is not among those watched", now);
    }

    /** Names repeat in different API servers, and the store does not tell them apart; session names hardly ever repeat. */
    private SessionState several(List<LiveCluster> clusters, Instant asOf) {
        List<RunningSession> all = clusters.stream().map(running).toList();
        if (all.stream().anyMatch(this::isThis)) {
            return live("running", "a head says that it runs this session", asOf);
        }
        if (all.stream().allMatch(this::isOther)) {
            return ended("cluster-restarted", "the clusters of that name run other sessions", asOf);
        }
        return unknown("cluster-in-several-contexts", "clusters of that name exist in "
                + clusters.stream().map(LiveCluster::context).collect(Collectors.joining(" and "))
                + ", and not all heads say what they run", asOf);
    }

    private SessionState present(LiveCluster cluster, Instant asOf) {
        RunningSession head = running.apply(cluster);
        if (isThis(head)) {
            return live("running", "the head says that it runs this session", ((RunningSession.Known) head).askedAt());
        }
        if (isOther(head)) {
            RunningSession.Known known = (RunningSession.Known) head;
            return ended("cluster-restarted", "the cluster runs " + known.session() + " now", known.askedAt());
        }
        if (newerStored.getAsBoolean()) {
            return ended("newer-session-stored", "a newer session of this cluster is stored", asOf);
        }
        SessionTraces stored = traces.get();
        if (stored.saidToEnd()) {
            return saidToEnd();
        }
        if (ranEarlier.apply(cluster) || stored.newest().isBefore(cluster.createdAt().minus(CLOCKS_DIFFER))) {
            return ended("earlier-cluster-of-same-name", "the cluster of that name was created later", asOf);
        }
        return awake(cluster, head, stored, asOf);
    }

    private SessionState awake(LiveCluster cluster, RunningSession head, SessionTraces stored, Instant asOf) {
        Phase sleep = cluster.suspension().phase();
        Instant since = cluster.suspension().since();
        if (sleep != Phase.AWAKE) {
            String text = sleep == Phase.SUSPENDED ? "the cluster is suspended" : "the cluster is being suspended";
            return new SessionState(SessionState.Phase.SUSPENDED, sleep == Phase.SUSPENDED ? "cluster-suspended" : "cluster-suspending",
                    text + (since.equals(Instant.EPOCH) ? "" : " since " + since), asOf);
        }
        if (head instanceof RunningSession.NotAsked) {
            return unknown("asking", "the head is being asked which session it runs", asOf);
        }
        String why = head instanceof RunningSession.Unreachable failed ? "the head does not answer: " + failed.reason()
                : "the head does not say which session it runs";
        // A heartbeat from before the present head is the work of the one before it.
        boolean alive = stored.heartbeat().isAfter(now.minus(ALIVE))
                && stored.heartbeat().isAfter(cluster.headNotBefore().plus(CLOCKS_DIFFER));
        return alive ? live("head-unreachable", why + ", but its collector reports", stored.heartbeat())
                : unknown("head-unreachable", why, asOf);
    }

    private boolean isThis(RunningSession head) {
        return head instanceof RunningSession.Known known && known.session().equals(session);
    }

    private boolean isOther(RunningSession head) {
        return head instanceof RunningSession.Known known && !known.session().isEmpty() && !known.session().equals(session);
    }

    private SessionState saidToEnd() {
        return ended("collector-said-end", "its collector wrote that it ended", traces.get().end());
    }

    private static SessionState live(String code, String text, Instant asOf) {
        return new SessionState(SessionState.Phase.LIVE, code, text, asOf);
    }

    private static SessionState ended(String code, String text, Instant asOf) {
        return new SessionState(SessionState.Phase.ENDED, code, text, asOf);
    }

    private static SessionState unknown(String code, String text, Instant asOf) {
        return new SessionState(SessionState.Phase.UNKNOWN, code, text, asOf);
    }
}
