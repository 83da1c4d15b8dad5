package io.rayhistory.adapters.http.json;

import io.rayhistory.domain.event.EventEnvelope;
import io.rayhistory.domain.event.FunctionDescriptor;
import io.rayhistory.domain.event.ProfileSpan;
import io.rayhistory.domain.event.TaskDefinition;
import io.rayhistory.domain.event.TaskDefinitionEvent;
import io.rayhistory.domain.event.TaskError;
import io.rayhistory.domain.event.TaskLifecycleEvent;
import io.rayhistory.domain.event.TaskLogInfo;
import io.rayhistory.domain.event.TaskProfileEvent;
import io.rayhistory.domain.event.TaskState;
import io.rayhistory.domain.event.TaskTransition;
import io.rayhistory.domain.event.TaskType;
import io.rayhistory.domain.history.Replay;
import io.rayhistory.domain.history.Task;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An attempt with sane defaults: a task of job 02000000 that finished at 9 ms, and about which little else is known. */
final class TaskFixture {
    static final String TASK_ID = "0021899358e75e3cffffffffffffffffffffffff02000000";

    TaskType type = TaskType.NORMAL_TASK;
    TaskError error;
    String serializedRuntimeEnv = "{}";
    Map<String, Double> requiredResources = Map.of();
    List<TaskTransition> transitions = List.of(new TaskTransition(TaskState.FINISHED, 9_000_000));
    List<ProfileSpan> spans = List.of();
    TaskLogInfo logInfo;
    Boolean debuggerPaused;
    String fallbackStrategy = "";
    private final List<Integer> events = new ArrayList<>();

    /** The attempt that a replay makes of it. */
    Task task() {
        boolean driver = type == TaskType.DRIVER_TASK;
        String taskId = driver ? "f".repeat(40) + "02000000" : TASK_ID;
        Replay replay = new Replay("session_x");
        replay.add(new TaskDefinitionEvent(envelope(), new TaskDefinition(taskId, 0, type, "PYTHON",
                driver ? FunctionDescriptor.NONE : new FunctionDescriptor("PYTHON", "", "m.square"), driver ? "" : "square",
                "", "02000000", driver ? "f".repeat(48) : "f".repeat(40) + "02000000", "", requiredResources,
                serializedRuntimeEnv, "", Map.of(), fallbackStrategy, false)));
        replay.add(new TaskLifecycleEvent(envelope(), taskId, 0, "02000000", transitions, "", "", 0, error,
                debuggerPaused, "", logInfo));
        if (!spans.isEmpty()) {
            replay.add(new TaskProfileEvent(envelope(), taskId, 0, "02000000", "worker", "ab", "10.0.0.2", spans));
        }
        return replay.freeze().attempts(taskId).get(0);
    }

    private EventEnvelope envelope() {
        events.add(0);
        return new EventEnvelope("e" + events.size(), "CORE_WORKER", events.size(), "INFO", "session_x", "", "");
    }
}
