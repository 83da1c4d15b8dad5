package io.rayhistory.domain.history;

import java.util.Optional;

/** What else came to an end, as far as the record tells: what closing out an attempt needs to know. Times 0 = never. */
interface ClusterEnds {

    Optional<WorkerDeath> workerDeath(String workerId);

    /** When the driver of a job disconnected. */
    long jobFinishedNs(String jobId);

    long nodeDeathNs(String nodeId);

    boolean actorExists(String actorId);

    /** The node of a job's driver, {@code ""} when unknown. */
    String driverNodeId(String jobId);

    /** The node with that address, {@code ""} when unknown; the one that started last when several had it. */
    String nodeIdOfIp(String ip);
}
