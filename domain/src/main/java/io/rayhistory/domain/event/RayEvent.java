package io.rayhistory.domain.event;

/**
 * One event as Ray exported it. Text that is absent is {@code ""}, a missing map or list is empty, a missing number is
 * documented at its component. Immutable.
 */
public sealed interface RayEvent permits ActorDefinitionEvent, ActorLifecycleEvent, ActorTaskDefinitionEvent,
        DriverJobDefinitionEvent, DriverJobLifecycleEvent, NodeDefinitionEvent, NodeLifecycleEvent,
        PlacementGroupDefinitionEvent, PlacementGroupLifecycleEvent, PlatformEvent, SubmissionJobDefinitionEvent,
        SubmissionJobLifecycleEvent, TaskDefinitionEvent, TaskLifecycleEvent, TaskProfileEvent, WorkerDefinitionEvent,
        WorkerLifecycleEvent {

    EventEnvelope envelope();

    /** Calls the method of the handler that takes this type. (Java 17 has no pattern switch.) */
    void applyTo(RayEventHandler handler);
}
