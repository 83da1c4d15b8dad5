package io.rayhistory.domain.history;

import java.util.Map;

/**
 * One node.
 *
 * @param state          {@code ALIVE} or {@code DEAD}
 * @param stateMessage   why it died, {@code ""} when nothing is known
 * @param resourcesTotal of the last ALIVE that told any; raw resource names
 * @param endTimeMs      0 while alive
 * @param inferredFrom   {@code ""}, or what the row was built from when no definition exists
 */
public record Node(String nodeId, String ipAddress, String hostname, String nodeName, String instanceId,
                   String instanceTypeName, Map<String, String> labels, boolean head, String state,
                   String stateMessage, Map<String, Double> resourcesTotal, long startTimeMs, long endTimeMs,
                   long lastTransitionNs, Provenance provenance, String inferredFrom) {
}
