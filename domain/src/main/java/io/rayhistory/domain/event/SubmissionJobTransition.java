package io.rayhistory.domain.event;

/**
 * A submitted job entered a state.
 *
 * @param driverExitCode {@code null} when absent
 */
public record SubmissionJobTransition(String state, long timeNs, String message, String errorType,
                                      String driverNodeId, String driverAgentHttpAddress, Integer driverExitCode) {
}
