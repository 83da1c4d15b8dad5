package io.rayhistory.domain.history;

import io.rayhistory.domain.event.ActorDeathCause;
import io.rayhistory.domain.event.ActorState;
import java.util.List;
import java.util.Map;

/**
 * One actor as its last state is known.
 *
 * @param ipAddress        address of its node, {@code ""} when never placed
 * @param deathCause       {@code null} while not dead or when not told
 * @param restarts         transitions to RESTARTING; the next two count the ones with that reason
 * @param startTimeMs      first ALIVE
 * @param endTimeMs        first DEAD of the final death
 * @param lastTransitionNs time of the last transition
 * @param incarnations     every ALIVE, oldest first; node, worker, pid and port above are the last one's
 */
public record Actor(String actorId, String jobId, String name, String className, ActorState state, String nodeId,
                    String workerId, String ipAddress, long pid, int port, String rayNamespace,
                    String serializedRuntimeEnv, Map<String, Double> requiredResources, ActorDeathCause deathCause,
                    boolean detached, String placementGroupId, String reprName, int restarts,
                    int restartsDueToLineageReconstruction, int restartsDueToNodePreemption, String callSite,
                    Map<String, String> labelSelector, long startTimeMs, long endTimeMs, long lastTransitionNs,
                    List<ActorPlacement> incarnations, Provenance provenance) {
}
