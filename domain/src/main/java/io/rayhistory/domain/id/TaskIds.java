package io.rayhistory.domain.id;

/**
 * What a task id tells by its layout alone: 16 hex characters unique, 24 actor part, 8 job
 * (Ray: {@code src/ray/design_docs/id_specification.md}). An actor part of all {@code f} means "no actor".
 */
public final class TaskIds {
    private static final String NIL_UNIQUE = "f".repeat(16);
    private static final String NIL_ACTOR = "f".repeat(24);

    private TaskIds() {
    }

    /** The job id: the last 8 characters; {@code ""} when the text is too short or long for a task id. */
    public static String jobOf(String taskId) {
        return taskId.length() == 48 ? taskId.substring(40) : "";
    }

    /** The id of the driver task of a job. */
    public static String driverOf(String jobId) {
        return NIL_UNIQUE + NIL_ACTOR + jobId;
    }

    public static boolean isDriver(String taskId) {
        return taskId.length() == 48 && taskId.startsWith(NIL_UNIQUE) && taskId.startsWith(NIL_ACTOR, 16);
    }

    /** True for the task that runs an actor's constructor. */
    public static boolean isActorCreation(String taskId) {
        return taskId.length() == 48 && taskId.startsWith(NIL_UNIQUE) && !taskId.startsWith(NIL_ACTOR, 16);
    }

    /** True for a task without an actor. */
    public static boolean isNormal(String taskId) {
        return taskId.length() == 48 && !taskId.startsWith(NIL_UNIQUE) && taskId.startsWith(NIL_ACTOR, 16);
    }

    /** The actor a task id names, {@code ""} when it names none. Thread pseudo-tasks name actors that never existed. */
    public static String actorOf(String taskId) {
        return taskId.length() == 48 && !taskId.startsWith(NIL_ACTOR, 16) ? taskId.substring(16) : "";
    }
}
