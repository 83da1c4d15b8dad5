package io.rayhistory.domain.history;

import io.rayhistory.domain.event.TaskLogInfo;
import io.rayhistory.domain.event.TaskState;
import io.rayhistory.domain.event.TaskTransition;
import io.rayhistory.domain.event.TaskType;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A view of one task attempt. */
public interface Task {
    String taskId();
    int attempt();
    String name();
    TaskState state();
    String jobId();
    String actorId();
    TaskType type();
    String callName();
    String parentTaskId();
    String nodeId();
    String workerId();
    int workerPid();
    String errorType();
    String errorMessage();
    String language();
    Map<String, Double> requiredResources();
    String serializedRuntimeEnv();
    String placementGroupId();
    List<TaskTransition> transitions();
    long creationTimeMs();
    long startTimeMs();
    long endTimeMs();
    Optional<TaskProfile> profile();
    Optional<TaskLogInfo> logInfo();
    Optional<Boolean> debuggerPaused();
    String callSite();
    Map<String, String> labelSelector();
    String fallbackStrategy();
    Provenance provenance();
    String inferredFrom();
    String runNodeId();
}
