package io.rayhistory.domain.history;

/** What else came to an end, as far as the record tells: what closing out an attempt needs to know. Times 0 = never. */
interface ClusterEnds {

    /** How a worker process ended; {@code null} when no death was recorded. */
    WorkerDeath workerDeath(String workerId);

    /** When the driver of a job disconnected. */
    long jobFinishedNs(String jobId);

    long nodeDeathNs(String nodeId);

    boolean actorExists(String actorId);

    /** The node of a job's driver, {@code ""} when unknown. */
    String driverNodeId(String jobId);

    /** The node with that address, {@code ""} when unknown or ambiguous. */
    String nodeIdOfIp(String ip);

    /** The end of a worker process, in milliseconds since the epoch. */
    record WorkerDeath(long endTimeMs, String exitType, String exitDetail) {
    }
}
