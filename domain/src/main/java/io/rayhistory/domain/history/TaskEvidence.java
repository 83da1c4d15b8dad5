package io.rayhistory.domain.history;

import java.util.Collection;
import java.util.OptionalLong;

/** What task events tell about other entities. */
interface TaskEvidence {

    /** When the driver task of a job was RUNNING, nanoseconds. */
    OptionalLong driverStartNs(String jobId);

    /** When the driver of a job reported itself FINISHED, nanoseconds; a killed driver never does. */
    OptionalLong driverEndNs(String jobId);

    /** Jobs whose driver has a task, also Ray's own helpers that have no job events. */
    Collection<String> jobsWithDriverTask();

    /** {@code func_or_class_name} of an actor's creation task up to its first dot, {@code ""} when unknown. */
    String creationClassOf(String actorId);

    /** Processes that task events name: the only trace of workers before Ray 2.58 besides log files. */
    Collection<WorkerSeen> workersSeen();

    /** Pid of the process that ran an actor's tasks, for Rays before 2.54, whose actor events have none. */
    OptionalLong pidOfActorWorker(String actorId, String workerId);
}
