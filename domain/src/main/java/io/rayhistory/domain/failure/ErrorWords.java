package io.rayhistory.domain.failure;

import java.util.Locale;
import java.util.Map;

/** Ray's error types in plain words (Ray: {@code src/ray/protobuf/common.proto}, ErrorType). */
final class ErrorWords {
    private static final Map<String, String> SENTENCES = Map.ofEntries(
            Map.entry("WORKER_DIED", "Worker process died running %s"),
            Map.entry("ACTOR_DIED", "Actor was dead when %s was called"),
            Map.entry("ACTOR_UNAVAILABLE", "Actor could not be reached during %s"),
            Map.entry("NODE_DIED", "Node died running %s"),
            Map.entry("LOCAL_RAYLET_DIED", "Raylet died running %s"),
            Map.entry("OUT_OF_MEMORY", "Out of memory running %s"),
            Map.entry("OUT_OF_DISK_ERROR", "Disk full running %s"),
            Map.entry("OWNER_DIED", "Owner of an object died, which %s needed"),
            Map.entry("TASK_CANCELLED", "%s was cancelled"),
            Map.entry("TASK_EXECUTION_EXCEPTION", "%s raised an exception that left no text"),
            Map.entry("RUNTIME_ENV_SETUP_FAILED", "Runtime environment of %s could not be set up"),
            Map.entry("DEPENDENCY_RESOLUTION_FAILED", "Arguments of %s could not be had"),
            Map.entry("OBJECT_LOST", "Object lost that %s needed"),
            Map.entry("OBJECT_DELETED", "Object deleted that %s needed"),
            Map.entry("OBJECT_UNRECONSTRUCTABLE", "Object lost for good that %s needed"),
            Map.entry("OBJECT_FETCH_TIMED_OUT", "Object did not arrive that %s needed"),
            Map.entry("TASK_PLACEMENT_GROUP_REMOVED", "Placement group of %s was removed"),
            Map.entry("ACTOR_PLACEMENT_GROUP_REMOVED", "Placement group of the actor of %s was removed"),
            Map.entry("TASK_UNSCHEDULABLE_ERROR", "%s could not be scheduled"),
            Map.entry("ACTOR_UNSCHEDULABLE_ERROR", "Actor of %s could not be scheduled"),
            Map.entry("ACTOR_CREATION_FAILED", "Actor of %s could not be created"),
            Map.entry("PENDING_CALLS_LIMIT_EXCEEDED", "Too many calls waited for the actor of %s"),
            Map.entry("END_OF_STREAMING_GENERATOR", "Generator %s ended early"));

    private ErrorWords() {
    }

    /** @param errorType Ray's name, {@code ""} when none was told */
    static String sentence(String errorType, String function) {
        String name = function.isEmpty() ? "a task" : function;
        String known = SENTENCES.get(errorType);
        if (known != null) {
            return capital(String.format(known, name));
        }
        return errorType.isEmpty() ? capital(name + " failed, nobody told why")
                : capital(name + " failed: " + errorType.toLowerCase(Locale.ROOT).replace('_', ' '));
    }

    /** Only prose gets a capital: a function's name stays as it is. */
    private static String capital(String text) {
        return text.startsWith("a task") ? "A" + text.substring(1) : text;
    }
}
