package io.rayhistory.domain.history;

/** The columns of an attempt that can be asked for by value; see {@link TaskTable#where}. */
public enum TaskColumn {
    TASK_ID, ATTEMPT_NUMBER, NAME, STATE, JOB_ID, ACTOR_ID, TYPE, FUNC_OR_CLASS_NAME, PARENT_TASK_ID, NODE_ID, WORKER_ID,
    WORKER_PID, ERROR_TYPE, LANGUAGE, PLACEMENT_GROUP_ID, IS_DEBUGGER_PAUSED
}
