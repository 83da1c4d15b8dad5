package io.rayhistory.domain.event;

import java.util.Map;

/**
 * A placement group entered a state.
 *
 * @param bundleNodes bundle index to node id
 */
public record PlacementGroupTransition(String state, long timeNs, String schedulingState, int schedulingAttempt,
                                       double highestRetryDelayMs, Map<Integer, String> bundleNodes) {
}
