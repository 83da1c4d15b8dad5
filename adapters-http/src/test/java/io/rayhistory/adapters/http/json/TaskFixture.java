package io.rayhistory.adapters.http.json;

import io.rayhistory.domain.event.TaskLogInfo;
import io.rayhistory.domain.event.TaskState;
import io.rayhistory.domain.event.TaskTransition;
import io.rayhistory.domain.event.TaskType;
import io.rayhistory.domain.history.Provenance;
import io.rayhistory.domain.history.Task;
import io.rayhistory.domain.history.TaskProfile;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An attempt with sane defaults: a finished normal task of job 02000000 about which little is known. */
final class TaskFixture implements Task {
    static final String TASK_ID = "0021899358e75e3cffffffffffffffffffffffff02000000";

    String name = "square";
    TaskState state = TaskState.FINISHED;
    TaskType type = TaskType.NORMAL_TASK;
    String actorId = "";
    int workerPid;
    String errorType = "";
    String errorMessage = "";
    String serializedRuntimeEnv = "{}";
    Map<String, Double> requiredResources = Map.of();
    List<TaskTransition> transitions = List.of();
    long creationTimeMs;
    TaskProfile profile;
    TaskLogInfo logInfo;
    Boolean debuggerPaused;
    String fallbackStrategy = "";

    @Override
    public String taskId() {
        return TASK_ID;
    }

    @Override
    public int attempt() {
        return 0;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public TaskState state() {
        return state;
    }

    @Override
    public String jobId() {
        return "02000000";
    }

    @Override
    public String actorId() {
        return actorId;
    }

    @Override
    public TaskType type() {
        return type;
    }

    @Override
    public String callName() {
        return "square";
    }

    @Override
    public String parentTaskId() {
        return "f".repeat(40) + "02000000";
    }

    @Override
    public String nodeId() {
        return "";
    }

    @Override
    public String workerId() {
        return "";
    }

    @Override
    public int workerPid() {
        return workerPid;
    }

    @Override
    public String errorType() {
        return errorType;
    }

    @Override
    public String errorMessage() {
        return errorMessage;
    }

    @Override
    public String language() {
        return "PYTHON";
    }

    @Override
    public Map<String, Double> requiredResources() {
        return requiredResources;
    }

    @Override
    public String serializedRuntimeEnv() {
        return serializedRuntimeEnv;
    }

    @Override
    public String placementGroupId() {
        return "";
    }

    @Override
    public List<TaskTransition> transitions() {
        return transitions;
    }

    @Override
    public long creationTimeMs() {
        return creationTimeMs;
    }

    @Override
    public long startTimeMs() {
        return 0;
    }

    @Override
    public long endTimeMs() {
        return 0;
    }

    @Override
    public Optional<TaskProfile> profile() {
        return Optional.ofNullable(profile);
    }

    @Override
    public Optional<TaskLogInfo> logInfo() {
        return Optional.ofNullable(logInfo);
    }

    @Override
    public Optional<Boolean> debuggerPaused() {
        return Optional.ofNullable(debuggerPaused);
    }

    @Override
    public String callSite() {
        return "";
    }

    @Override
    public Map<String, String> labelSelector() {
        return Map.of();
    }

    @Override
    public String fallbackStrategy() {
        return fallbackStrategy;
    }

    @Override
    public Provenance provenance() {
        return Provenance.RECORDED;
    }

    @Override
    public String inferredFrom() {
        return "";
    }

    @Override
    public String runNodeId() {
        return "";
    }
}
