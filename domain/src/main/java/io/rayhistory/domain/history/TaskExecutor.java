package io.rayhistory.domain.history;

/**
 * Where attempts ran: many attempts share a worker process and its two log files.
 *
 * @param nodeId         as the owner told, {@code ""} when it did not
 * @param workerPid      0 when unknown
 * @param debuggerPaused {@code null} when never told
 * @param ranOnNodeId    node of the executor's own events, which knows the node even where the owner is silent
 */
record TaskExecutor(String nodeId, String workerId, int workerPid, String actorReprName, Boolean debuggerPaused,
                    String stdoutFile, String stderrFile, String ranOnNodeId) {
}
