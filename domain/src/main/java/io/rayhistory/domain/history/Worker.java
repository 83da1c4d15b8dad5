package io.rayhistory.domain.history;

/**
 * One worker process or driver.
 *
 * @param type           {@code WORKER DRIVER SPILL_WORKER RESTORE_WORKER}
 * @param exitType       Ray's name, {@code ""} while alive or unknown
 * @param launchTimeMs   -1 stands for Ray's unsigned "not known", 18446744073709551615
 * @param launchedTimeMs likewise
 */
public record Worker(String workerId, String jobId, String type, boolean alive, String exitType, String exitDetail,
                     String nodeId, String ipAddress, long pid, long launchTimeMs, long launchedTimeMs,
                     long startTimeMs, long endTimeMs, Provenance provenance) {
}
