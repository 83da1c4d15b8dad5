package io.rayhistory.domain.history;

import io.rayhistory.domain.event.DriverJobLifecycleEvent;
import io.rayhistory.domain.event.EventEnvelope;
import io.rayhistory.domain.event.FunctionDescriptor;
import io.rayhistory.domain.event.ProfileSpan;
import io.rayhistory.domain.event.StateTransition;
import io.rayhistory.domain.event.TaskDefinition;
import io.rayhistory.domain.event.TaskDefinitionEvent;
import io.rayhistory.domain.event.TaskError;
import io.rayhistory.domain.event.TaskLifecycleEvent;
import io.rayhistory.domain.event.TaskLogInfo;
import io.rayhistory.domain.event.TaskProfileEvent;
import io.rayhistory.domain.event.TaskState;
import io.rayhistory.domain.event.TaskTransition;
import io.rayhistory.domain.event.TaskType;
import io.rayhistory.domain.event.WorkerLifecycleEvent;
import io.rayhistory.domain.event.WorkerTransition;

import java.util.List;
import java.util.Map;

/** Builds events for tests; times are given in milliseconds, ids by short names. */
public final class TaskEvents {
    public static final String SESSION = "session_2026-11-22_20-21-16_964865_19675";
    public static final String JOB = "02000000";
    private static final long MS = 1_000_000;
    private static int ids;

    private TaskEvents() {
    }

    public static String taskId(int number) {
        return String.format("%016x", number) + "f".repeat(24) + JOB;
    }

    public static String workerId(int number) {
        return String.format("%056x", number);
    }

    public static EventEnvelope envelope(long ms) {
        return new EventEnvelope(String.format("%016x", 0x9E3779B97F4A7C15L * ++ids) + "0".repeat(40), "CORE_WORKER",
                ms * MS, "INFO", SESSION, "", "");
    }

    public static TaskDefinitionEvent defined(int task, int attempt, String name, long ms) {
        return definition(task, attempt, "f".repeat(40) + JOB, name, ms);
    }

    public static TaskDefinitionEvent definedUnder(int task, String parentTaskId, String name, long ms) {
        return definition(task, 0, parentTaskId, name, ms);
    }

    private static TaskDefinitionEvent definition(int task, int attempt, String parent, String name, long ms) {
        return new TaskDefinitionEvent(envelope(ms), new TaskDefinition(taskId(task), attempt, TaskType.NORMAL_TASK,
                "PYTHON", new FunctionDescriptor("PYTHON", "", name), name, "", JOB, parent, "",
                Map.of("CPU", 1.0), "{}", "", Map.of(), "", false));
    }

    public static TaskLifecycleEvent entered(int task, int attempt, TaskState state, long ms) {
        return update(task, attempt, ms, List.of(new TaskTransition(state, ms * MS)), "", 0, null, null);
    }

    public static TaskLifecycleEvent sentTo(int task, int attempt, String workerId, long ms) {
        return update(task, attempt, ms, List.of(new TaskTransition(TaskState.SUBMITTED_TO_WORKER, ms * MS)), workerId,
                0, null, null);
    }

    public static TaskLifecycleEvent running(int task, int attempt, int pid, TaskLogInfo log, long ms) {
        return update(task, attempt, ms, List.of(new TaskTransition(TaskState.RUNNING, ms * MS)), "", pid, null, log);
    }

    public static TaskLifecycleEvent logged(int task, int attempt, TaskLogInfo log, long ms) {
        return update(task, attempt, ms, List.of(), "", 0, null, log);
    }

    public static TaskLifecycleEvent failed(int task, int attempt, String type, String message, long ms) {
        return update(task, attempt, ms, List.of(new TaskTransition(TaskState.FAILED, ms * MS)), "", 0,
                new TaskError(type, message), null);
    }

    public static TaskLifecycleEvent update(int task, int attempt, long ms, List<TaskTransition> transitions, String workerId,
                                     int pid, TaskError error, TaskLogInfo log) {
        return new TaskLifecycleEvent(envelope(ms), taskId(task), attempt, "", transitions, "", workerId, pid, error,
                null, "", log);
    }

    public static TaskProfileEvent spans(int task, int attempt, int worker, long ms, ProfileSpan... spans) {
        return new TaskProfileEvent(envelope(ms), taskId(task), attempt, JOB, "worker", workerId(worker), "10.0.0.2",
                List.of(spans));
    }

    public static ProfileSpan span(String name, long startMs, long endMs, String extra) {
        return new ProfileSpan(name, startMs * MS, endMs * MS, extra);
    }

    public static DriverJobLifecycleEvent jobFinished(long ms) {
        return new DriverJobLifecycleEvent(envelope(ms), JOB, List.of(new StateTransition("FINISHED", ms * MS)));
    }

    public static WorkerLifecycleEvent workerDied(int worker, String exitType, String detail, long ms) {
        return new WorkerLifecycleEvent(envelope(ms), workerId(worker), JOB,
                List.of(new WorkerTransition("DEAD", ms * MS, 0, 0, 0, ms, exitType, detail)));
    }
}
