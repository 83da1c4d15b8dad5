package io.rayhistory.domain.event;

import java.util.List;

/**
 * NODE_LIFECYCLE_EVENT.
 */
public record NodeLifecycleEvent(EventEnvelope envelope, String nodeId, List<NodeTransition> transitions) implements RayEvent {

    @Override
    public void applyTo(RayEventHandler handler) {
        handler.on(this);
    }
}
