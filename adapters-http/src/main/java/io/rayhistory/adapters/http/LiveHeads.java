package io.rayhistory.adapters.http;

import io.rayhistory.application.port.LiveCluster;
import io.rayhistory.application.port.LiveDashboards.Failed;
import io.rayhistory.application.port.LiveDashboards.Failure;
import io.rayhistory.application.port.RunningSession;
import io.rayhistory.application.port.Sighting;
import io.rayhistory.application.read.SessionEntry;
import io.rayhistory.application.read.SessionStates;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.id.ClusterRef;
import io.rayhistory.domain.id.OwnerKind;
import io.rayhistory.domain.id.SessionKey;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds the cluster whose dashboard answers for a session: only one whose head has shown within 30 s that it is a Ray
 * dashboard, and which session it runs. Thread-safe.
 */
final class LiveHeads {
    private final SessionStates states;

    /** A cluster, or why there is none to ask. */
    record Found(Optional<LiveCluster> cluster, Failed failure) {
    }

    LiveHeads(SessionStates states) {
        this.states = states;
    }

    /** The cluster that runs this stored session now. */
    Optional<LiveCluster> running(LivePath path) {
        SessionKey key = new SessionKey(ClusterRef.plain(path.namespace(), path.cluster()), path.session());
        return states.running(new SessionEntry(key, Optional.empty(), false));
    }

    /**
     * The cluster of that name, whatever it runs.
     *
     * @throws HistoryException MISSING if there is none, UNAVAILABLE if nobody can tell
     */
    Found any(LivePath path) {
        List<LiveCluster> clusters = present(path.namespace(), path.cluster());
        List<LiveCluster> answering = new ArrayList<>();
        String reason = "";
        for (LiveCluster cluster : clusters) {
            RunningSession running = states.runningIn(cluster);
            if (running instanceof RunningSession.Known) {
                answering.add(cluster);
            } else if (running instanceof RunningSession.Unreachable unreachable) {
                reason = unreachable.reason();
            }
        }
        if (answering.size() == 1) {
            return new Found(Optional.of(answering.get(0)), null);
        }
        return new Found(Optional.empty(), new Failed(Failure.UNREACHABLE, answering.isEmpty()
                ? reason.isEmpty() ? "its head has not answered yet" : reason
                : "two clusters of that name live, in " + answering.get(0).context() + " and " + answering.get(1).context()));
    }

    /**
     * Which cluster of an owner comes first. Of a job the newest: each retry makes another. Of a service the one that
     * serves; where that is not known the oldest that is ready, because during an upgrade the new one serves last.
     *
     * @param one of its clusters
     */
    Comparator<LiveCluster> preferred(ClusterRef one) {
        if (one.ownerKind() == OwnerKind.RAYJOB) {
            return Comparator.comparing(LiveCluster::createdAt).reversed();
        }
        String active = states.clusters().activeCluster(one.namespace(), one.ownerName());
        return Comparator.comparing((LiveCluster each) -> !each.cluster().name().equals(active)).thenComparing(each -> !each.head().ready())
                .thenComparing(LiveCluster::createdAt);
    }

    /** @throws HistoryException MISSING if there is none, UNAVAILABLE if nobody can tell */
    List<LiveCluster> present(String namespace, String name) {
        Sighting sighting = states.clusters().find(namespace, name);
        String what = "cluster " + namespace + "/" + name;
        if (sighting instanceof Sighting.Present present) {
            return present.clusters();
        }
        if (sighting instanceof Sighting.Unavailable away) {
            throw HistoryException.unavailable("whether " + what + " lives is not known: " + away.reason(), null);
        }
        throw HistoryException.missing(sighting instanceof Sighting.NotConfigured
                ? "running clusters are not served here: no Kubernetes is configured; stored sessions start with session_"
                : sighting instanceof Sighting.NotWatched ? "namespace " + namespace + " is not watched"
                : what + " does not exist any more");
    }
}
