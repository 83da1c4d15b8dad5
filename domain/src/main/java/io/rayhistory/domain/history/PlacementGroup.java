package io.rayhistory.domain.history;

import java.util.List;
import java.util.Map;

/**
 * One placement group, from events or from the last stored dashboard answer.
 *
 * @param state PENDING PREPARED CREATED REMOVED RESCHEDULING
 */
public record PlacementGroup(String placementGroupId, String name, String creatorJobId, String state,
                             List<Bundle> bundles, boolean detached, Stats stats) {

    /** One bundle and the node it was placed on, {@code ""} when it never was. */
    public record Bundle(int index, Map<String, Double> unitResources, String nodeId,
                         Map<String, String> labelSelector) {
    }

    /** Scheduling figures; nanoseconds and microseconds as Ray's names say, 0 when unknown. */
    public record Stats(long creationRequestReceivedNs, long schedulingStartedTimeNs, long schedulingLatencyUs,
                        long endToEndCreationLatencyUs, int schedulingAttempt, String schedulingState,
                        double highestRetryDelayMs) {
    }
}
