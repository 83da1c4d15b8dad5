package io.rayhistory.domain.history;

import java.util.Map;

/**
 * One submitted job, or one driver that belongs to none.
 *
 * @param jobId             of the driver, {@code ""} when none ever connected
 * @param submissionId      {@code ""} for a plain driver
 * @param driver            {@code null} when no driver ever connected
 * @param status            PENDING RUNNING STOPPED SUCCEEDED FAILED
 * @param endTimeMs         0 while not ended
 * @param driverExitCode    {@code null} when unknown
 */
public record Job(boolean submission, String jobId, String submissionId, Driver driver, String status,
                  String entrypoint, String message, String errorType, long startTimeMs, long endTimeMs,
                  Map<String, String> metadata, String serializedRuntimeEnv, String driverAgentHttpAddress,
                  String driverNodeId, Integer driverExitCode, Provenance provenance) {

    /** The process that connected to Ray for a job. */
    public record Driver(String jobId, String nodeIpAddress, long pid) {
    }
}
