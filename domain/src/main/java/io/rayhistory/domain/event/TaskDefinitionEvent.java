package io.rayhistory.domain.event;

/**
 * TASK_DEFINITION_EVENT: a normal, actor-creation or driver task, one per attempt, from its owner.
 */
public record TaskDefinitionEvent(EventEnvelope envelope, TaskDefinition task) implements RayEvent {

    @Override
    public void applyTo(RayEventHandler handler) {
        handler.on(this);
    }
}
