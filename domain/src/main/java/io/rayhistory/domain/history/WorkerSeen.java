package io.rayhistory.domain.history;

/**
 * A worker process that something other than a worker event names. {@code nodeId} and {@code jobId} are {@code ""},
 * {@code pid} is 0 when unknown.
 */
record WorkerSeen(String workerId, String nodeId, String jobId, long pid) {

    /** This one, with what it does not know taken from another. */
    WorkerSeen orElse(WorkerSeen other) {
        return new WorkerSeen(workerId, nodeId.isEmpty() ? other.nodeId : nodeId,
                jobId.isEmpty() ? other.jobId : jobId, pid == 0 ? other.pid : pid);
    }
}
