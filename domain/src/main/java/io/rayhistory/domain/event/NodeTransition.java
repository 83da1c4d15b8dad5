package io.rayhistory.domain.event;

import java.util.Map;

/**
 * A node became {@code ALIVE} (with its resources) or {@code DEAD} (with a reason). A {@code DRAINING} sub-state is
 * an ALIVE transition without resources.
 */
public record NodeTransition(String state, long timeNs, Map<String, Double> resources, String deathReason,
                             String deathMessage, String aliveSubState) {
}
