package io.rayhistory.domain.event;

import java.util.List;

/**
 * ACTOR_LIFECYCLE_EVENT.
 */
public record ActorLifecycleEvent(EventEnvelope envelope, String actorId, List<ActorTransition> transitions) implements RayEvent {

    @Override
    public void applyTo(RayEventHandler handler) {
        handler.on(this);
    }
}
