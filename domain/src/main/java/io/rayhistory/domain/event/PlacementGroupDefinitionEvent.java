package io.rayhistory.domain.event;

import java.util.List;

/**
 * PLACEMENT_GROUP_DEFINITION_EVENT (message since Ray 2.55). Strategy: {@code PACK SPREAD STRICT_PACK STRICT_SPREAD}.
 *
 * @param creationRequestReceivedNs nanoseconds since the epoch, 0 when absent
 */
public record PlacementGroupDefinitionEvent(EventEnvelope envelope, String placementGroupId, String name,
                                            String rayNamespace, String strategy, boolean detached,
                                            String creatorJobId, String creatorActorId, List<BundleSpec> bundles,
                                            String softTargetNodeId, long creationRequestReceivedNs) implements RayEvent {

    @Override
    public void applyTo(RayEventHandler handler) {
        handler.on(this);
    }
}
