package io.rayhistory.domain.event;

import java.util.Map;

/**
 * What an owner said about one attempt before it ran.
 *
 * @param actorId              of an actor task, else {@code ""}
 * @param requiredResources    as sent; placement groups use formatted names such as {@code CPU_group_<id>}
 * @param serializedRuntimeEnv JSON text; may hold secrets
 * @param fallbackStrategy     JSON text with snake_case keys, {@code ""} when absent
 */
public record TaskDefinition(String taskId, int attempt, TaskType type, String language, FunctionDescriptor function,
                             String name, String actorId, String jobId, String parentTaskId,
                             String placementGroupId, Map<String, Double> requiredResources,
                             String serializedRuntimeEnv, String callSite, Map<String, String> labelSelector,
                             String fallbackStrategy, boolean detachedActor) {
}
