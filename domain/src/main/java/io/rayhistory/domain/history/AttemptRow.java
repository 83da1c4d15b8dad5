package io.rayhistory.domain.history;

import io.rayhistory.domain.event.TaskError;
import io.rayhistory.domain.event.TaskLogInfo;
import io.rayhistory.domain.event.TaskState;

import java.util.List;

/** One attempt, decided, on its way into a {@link TaskTable}. Reused from attempt to attempt. */
final class AttemptRow {
    String taskId;
    int attempt;
    long unique;
    String tail;
    TaskShape shape;
    String parentTaskId;
    final long[] stateNs = new long[TaskState.values().length];
    int stateMask;
    TaskState state;
    TaskExecutor executor;
    TaskError error;
    TaskLogInfo logInfo;
    TaskComponent component;
    List<PackedSpan> spans;
    Provenance provenance;
    String inferredFrom;

    void enter(TaskState entered, long atNs) {
        stateNs[entered.ordinal()] = atNs;
        stateMask |= 1 << entered.ordinal();
        state = entered;
    }

    boolean entered(TaskState asked) {
        return (stateMask & 1 << asked.ordinal()) != 0;
    }
}
