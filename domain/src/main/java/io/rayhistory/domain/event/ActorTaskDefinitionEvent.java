package io.rayhistory.domain.event;

/**
 * ACTOR_TASK_DEFINITION_EVENT: a method call on an actor, one per attempt, from its owner.
 */
public record ActorTaskDefinitionEvent(EventEnvelope envelope, TaskDefinition task) implements RayEvent {

    @Override
    public void applyTo(RayEventHandler handler) {
        handler.on(this);
    }
}
