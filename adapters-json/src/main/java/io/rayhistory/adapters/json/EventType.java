package io.rayhistory.adapters.json;

import java.util.HashMap;
import java.util.Map;

/** Ray's event types, the key each one's payload stands under, and how it is read (spec: Ray's events_base_event.proto). */
enum EventType {
    TASK_DEFINITION_EVENT("taskDefinitionEvent", TaskDefinitions::ofTask),
    TASK_LIFECYCLE_EVENT("taskLifecycleEvent", TaskUpdates::lifecycle),
    /** Ray 2.49 and 2.50; the same as TASK_LIFECYCLE_EVENT with its states in a map. */
    TASK_EXECUTION_EVENT("taskExecutionEvent", TaskUpdates::lifecycle),
    ACTOR_TASK_DEFINITION_EVENT("actorTaskDefinitionEvent", TaskDefinitions::ofActorTask),
    /** The one key that is not the camel-cased type. */
    TASK_PROFILE_EVENT("taskProfileEvents", TaskUpdates::profile),
    DRIVER_JOB_DEFINITION_EVENT("driverJobDefinitionEvent", Jobs::driverDefinition),
    DRIVER_JOB_LIFECYCLE_EVENT("driverJobLifecycleEvent", Jobs::driverLifecycle),
    NODE_DEFINITION_EVENT("nodeDefinitionEvent", Nodes::definition),
    NODE_LIFECYCLE_EVENT("nodeLifecycleEvent", Nodes::lifecycle),
    ACTOR_DEFINITION_EVENT("actorDefinitionEvent", Actors::definition),
    ACTOR_LIFECYCLE_EVENT("actorLifecycleEvent", Actors::lifecycle),
    PLACEMENT_GROUP_DEFINITION_EVENT("placementGroupDefinitionEvent", PlacementGroups::definition),
    PLACEMENT_GROUP_LIFECYCLE_EVENT("placementGroupLifecycleEvent", PlacementGroups::lifecycle),
    SUBMISSION_JOB_DEFINITION_EVENT("submissionJobDefinitionEvent", Jobs::submissionDefinition),
    SUBMISSION_JOB_LIFECYCLE_EVENT("submissionJobLifecycleEvent", Jobs::submissionLifecycle),
    PLATFORM_EVENT("platformEvent", PlatformEvents::read),
    WORKER_LIFECYCLE_EVENT("workerLifecycleEvent", Workers::lifecycle),
    WORKER_DEFINITION_EVENT("workerDefinitionEvent", Workers::definition);

    private static final Map<String, EventType> BY_NAME = new HashMap<>();
    private static final Map<String, EventType> BY_KEY = new HashMap<>();

    static {
        for (EventType type : values()) {
            BY_NAME.put(type.name(), type);
            BY_KEY.put(type.key, type);
            BY_KEY.put(SnakeCase.of(type.key), type);
        }
    }

    private final String key;
    final Payload.Format format;

    EventType(String key, Payload.Format format) {
        this.key = key;
        this.format = format;
    }

    /** {@code null} if nobody knows it. */
    static EventType ofName(String name) {
        return BY_NAME.get(name);
    }

    /** The type whose payload stands under this key, camelCase or snake_case; {@code null} if none does. */
    static EventType ofKey(String key) {
        return BY_KEY.get(key);
    }
}
