package io.rayhistory.adapters.json;

import io.rayhistory.domain.event.ActorTaskDefinitionEvent;
import io.rayhistory.domain.event.FunctionDescriptor;
import io.rayhistory.domain.event.TaskDefinition;
import io.rayhistory.domain.event.TaskDefinitionEvent;
import io.rayhistory.domain.event.TaskType;
import io.rayhistory.domain.id.IdKind;
import io.rayhistory.domain.id.TaskIds;

import java.io.IOException;
import java.util.Map;

/** TASK_DEFINITION_EVENT and ACTOR_TASK_DEFINITION_EVENT (Ray: events_task_definition_event.proto and its twin). */
final class TaskDefinitions {
    private TaskDefinitions() {
    }

    static Payload ofTask(FieldReader in) throws IOException, InvalidField {
        TaskDefinition task = read(in, "");
        return envelope -> new TaskDefinitionEvent(envelope, task);
    }

    static Payload ofActorTask(FieldReader in) throws IOException, InvalidField {
        TaskDefinition task = read(in, TaskType.ACTOR_TASK.name());
        return envelope -> new ActorTaskDefinitionEvent(envelope, task);
    }

    private static TaskDefinition read(FieldReader in, String implied) throws IOException, InvalidField {
        String taskId = "";
        int attempt = 0;
        String type = implied;
        String language = "";
        FunctionDescriptor function = FunctionDescriptor.NONE;
        String name = "";
        String actorId = "";
        String jobId = "";
        String parentTaskId = "";
        String placementGroupId = "";
        Map<String, Double> resources = Map.of();
        String runtimeEnv = "";
        String callSite = "";
        Map<String, String> labelSelector = Map.of();
        String fallback = "";
        boolean detached = false;
        for (String field = in.open(); field != null; field = in.next()) {
            switch (field) {
                case "taskId", "task_id" -> taskId = in.id(IdKind.TASK);
                case "taskAttempt", "task_attempt", "attemptNumber", "attempt_number" -> attempt = in.int32();
                case "taskType", "task_type" -> type = in.name(EnumNames.TASK_TYPE);
                case "language" -> language = in.name(EnumNames.LANGUAGE);
                case "taskFunc", "task_func", "actorFunc", "actor_func" -> function = function(in);
                case "taskName", "task_name", "actorTaskName", "actor_task_name" -> name = in.text();
                case "actorId", "actor_id" -> actorId = in.id(IdKind.ACTOR);
                case "jobId", "job_id" -> jobId = in.id(IdKind.JOB);
                case "parentTaskId", "parent_task_id" -> parentTaskId = in.id(IdKind.TASK);
                case "placementGroupId", "placement_group_id" -> placementGroupId = in.id(IdKind.PLACEMENT_GROUP);
                case "requiredResources", "required_resources" -> resources = DataMaps.ofNumbers(in);
                case "serializedRuntimeEnv", "serialized_runtime_env" -> runtimeEnv = in.text();
                case "runtimeEnvInfo", "runtime_env_info" -> runtimeEnv = runtimeEnvInfo(in);
                case "callSite", "call_site" -> callSite = in.text();
                case "labelSelector", "label_selector" -> labelSelector = DataMaps.ofTexts(in);
                case "fallbackStrategy", "fallback_strategy" -> fallback = in.isNull() ? "" : JsonText.snakeCased(in);
                case "isDetachedActor", "is_detached_actor" -> detached = in.bool();
                default -> in.skip();
            }
        }
        in.require(taskId, "taskId");
        return new TaskDefinition(taskId, attempt, type(type, taskId), language, function, name, actorId, jobId,
                parentTaskId, placementGroupId, resources, runtimeEnv, callSite, labelSelector, fallback, detached);
    }

    /** A missing or unknown name is told by the layout of the id. */
    private static TaskType type(String name, String taskId) {
        for (TaskType type : TaskType.values()) {
            if (type.name().equals(name)) {
                return type;
            }
        }
        return TaskIds.isDriver(taskId) ? TaskType.DRIVER_TASK
                : TaskIds.isActorCreation(taskId) ? TaskType.ACTOR_CREATION_TASK
                : TaskIds.actorOf(taskId).isEmpty() ? TaskType.NORMAL_TASK : TaskType.ACTOR_TASK;
    }

    private static FunctionDescriptor function(FieldReader in) throws IOException, InvalidField {
        FunctionDescriptor function = FunctionDescriptor.NONE;
        for (String field = in.open(); field != null; field = in.next()) {
            switch (field) {
                case "pythonFunctionDescriptor", "python_function_descriptor" -> function = named(in, "PYTHON", function);
                case "javaFunctionDescriptor", "java_function_descriptor" -> function = named(in, "JAVA", function);
                case "cppFunctionDescriptor", "cpp_function_descriptor" -> function = named(in, "CPP", function);
                default -> in.skip();
            }
        }
        return function;
    }

    private static FunctionDescriptor named(FieldReader in, String language, FunctionDescriptor otherwise)
            throws IOException, InvalidField {
        if (in.isNull()) {
            return otherwise;
        }
        String className = "";
        String functionName = "";
        for (String field = in.open(); field != null; field = in.next()) {
            switch (field) {
                case "className", "class_name" -> className = in.text();
                case "functionName", "function_name" -> functionName = in.text();
                default -> in.skip();
            }
        }
        return new FunctionDescriptor(language, className, functionName);
    }

    /** Ray 2.49 and 2.50. */
    private static String runtimeEnvInfo(FieldReader in) throws IOException, InvalidField {
        String runtimeEnv = "";
        for (String field = in.open(); field != null; field = in.next()) {
            switch (field) {
                case "serializedRuntimeEnv", "serialized_runtime_env" -> runtimeEnv = in.text();
                default -> in.skip();
            }
        }
        return runtimeEnv;
    }
}
