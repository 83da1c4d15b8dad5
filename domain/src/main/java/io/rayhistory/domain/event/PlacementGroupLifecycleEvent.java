package io.rayhistory.domain.event;

import java.util.List;

/**
 * PLACEMENT_GROUP_LIFECYCLE_EVENT (message since Ray 2.55).
 */
public record PlacementGroupLifecycleEvent(EventEnvelope envelope, String placementGroupId,
                                           List<PlacementGroupTransition> transitions) implements RayEvent {

    @Override
    public void applyTo(RayEventHandler handler) {
        handler.on(this);
    }
}
