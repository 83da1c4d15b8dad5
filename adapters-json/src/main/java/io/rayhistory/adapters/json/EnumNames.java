package io.rayhistory.adapters.json;

/**
 * Ray's enum names by number, as of 2.60 (Ray: {@code src/ray/protobuf/public/*.proto}, {@code common.proto}). Only for
 * writers that send numbers; names are kept whatever they are.
 */
final class EnumNames {
    static final String[] SOURCE = {"SOURCE_TYPE_UNSPECIFIED", "CORE_WORKER", "GCS", "RAYLET", "CLUSTER_LIFECYCLE",
        "AUTOSCALER", "JOBS"};
    static final String[] SEVERITY = {"EVENT_SEVERITY_UNSPECIFIED", "TRACE", "DEBUG", "INFO", "WARNING", "ERROR", "FATAL"};
    static final String[] EVENT_TYPE = {"EVENT_TYPE_UNSPECIFIED", "TASK_DEFINITION_EVENT", "TASK_LIFECYCLE_EVENT",
        "ACTOR_TASK_DEFINITION_EVENT", "TASK_PROFILE_EVENT", "DRIVER_JOB_DEFINITION_EVENT",
        "DRIVER_JOB_LIFECYCLE_EVENT", "NODE_DEFINITION_EVENT", "NODE_LIFECYCLE_EVENT", "ACTOR_DEFINITION_EVENT",
        "ACTOR_LIFECYCLE_EVENT", "PLACEMENT_GROUP_DEFINITION_EVENT", "PLACEMENT_GROUP_LIFECYCLE_EVENT",
        "SUBMISSION_JOB_DEFINITION_EVENT", "SUBMISSION_JOB_LIFECYCLE_EVENT", "PLATFORM_EVENT",
        "WORKER_LIFECYCLE_EVENT", "WORKER_DEFINITION_EVENT"};
    static final String[] TASK_TYPE = {"NORMAL_TASK", "ACTOR_CREATION_TASK", "ACTOR_TASK", "DRIVER_TASK"};
    static final String[] LANGUAGE = {"PYTHON", "JAVA", "CPP"};
    /** Numbers 30 to 33 shifted in Ray 2.55; nobody exports numbers, so the newest meaning is as good as any. */
    static final String[] ERROR = {"WORKER_DIED", "ACTOR_DIED", "OBJECT_UNRECONSTRUCTABLE", "TASK_EXECUTION_EXCEPTION",
        "OBJECT_IN_PLASMA", "TASK_CANCELLED", "ACTOR_CREATION_FAILED", "RUNTIME_ENV_SETUP_FAILED", "OBJECT_LOST",
        "OWNER_DIED", "OBJECT_DELETED", "DEPENDENCY_RESOLUTION_FAILED",
        "OBJECT_UNRECONSTRUCTABLE_MAX_ATTEMPTS_EXCEEDED", "OBJECT_UNRECONSTRUCTABLE_LINEAGE_EVICTED",
        "OBJECT_FETCH_TIMED_OUT", "LOCAL_RAYLET_DIED", "TASK_PLACEMENT_GROUP_REMOVED",
        "ACTOR_PLACEMENT_GROUP_REMOVED", "TASK_UNSCHEDULABLE_ERROR", "ACTOR_UNSCHEDULABLE_ERROR",
        "OUT_OF_DISK_ERROR", "OBJECT_FREED", "OUT_OF_MEMORY", "NODE_DIED", "END_OF_STREAMING_GENERATOR",
        "ACTOR_UNAVAILABLE", "GENERATOR_TASK_FAILED_FOR_OBJECT_RECONSTRUCTION", "OBJECT_UNRECONSTRUCTABLE_PUT",
        "OBJECT_UNRECONSTRUCTABLE_RETRIES_DISABLED", "OBJECT_UNRECONSTRUCTABLE_BORROWED",
        "OBJECT_UNRECONSTRUCTABLE_REF_NOT_FOUND", "OBJECT_UNRECONSTRUCTABLE_TASK_CANCELLED",
        "OBJECT_UNRECONSTRUCTABLE_LINEAGE_DISABLED", "WORKER_STARTUP_FAILED",
        "STREAMING_GENERATOR_REPLAY_INCONSISTENT"};
    static final String[] NODE_DEATH = {"UNSPECIFIED", "EXPECTED_TERMINATION", "UNEXPECTED_TERMINATION",
        "AUTOSCALER_DRAIN_PREEMPTED", "AUTOSCALER_DRAIN_IDLE"};
    static final String[] ACTOR_DEATH = {"UNSPECIFIED", "WORKER_DIED", "OWNER_DIED", "NODE_DIED", "RAY_KILL",
        "OUT_OF_SCOPE", "REF_DELETED"};
    static final String[] DRIVER_JOB_STATE = {"UNSPECIFIED", "CREATED", "FINISHED"};
    static final String[] SUBMISSION_JOB_STATE = {"UNSPECIFIED", "PENDING", "RUNNING", "STOPPED", "SUCCEEDED", "FAILED"};
    /** Of nodes and of workers. */
    static final String[] ALIVENESS = {"ALIVE", "DEAD"};
    static final String[] ALIVE_SUB_STATE = {"UNSPECIFIED", "DRAINING"};
    static final String[] ACTOR_STATE = {"DEPENDENCIES_UNREADY", "PENDING_CREATION", "ALIVE", "RESTARTING", "DEAD"};
    static final String[] RESTART = {"ACTOR_FAILURE", "LINEAGE_RECONSTRUCTION", "NODE_PREEMPTION"};
    static final String[] STRATEGY = {"PACK", "SPREAD", "STRICT_PACK", "STRICT_SPREAD"};
    static final String[] PLACEMENT_GROUP_STATE = {"PENDING", "PREPARED", "CREATED", "REMOVED", "RESCHEDULING"};
    static final String[] SCHEDULING_STATE = {"QUEUED", "SCHEDULING_REMOVED", "SCHEDULING_STARTED", "NO_RESOURCES",
        "INFEASIBLE", "FAILED_TO_COMMIT_RESOURCES", "FINISHED"};
    static final String[] WORKER_EXIT = {"SYSTEM_ERROR", "INTENDED_SYSTEM_EXIT", "USER_ERROR", "INTENDED_USER_EXIT",
        "NODE_OUT_OF_MEMORY"};
    static final String[] WORKER_TYPE = {"WORKER", "DRIVER", "SPILL_WORKER", "RESTORE_WORKER"};

    private EnumNames() {
    }

    /** The name of a number given as text; the text itself if it is no number or out of range. */
    static String of(String[] names, String number) {
        try {
            int at = Integer.parseInt(number);
            return at >= 0 && at < names.length ? names[at] : number;
        } catch (NumberFormatException e) {
            return number;
        }
    }
}
