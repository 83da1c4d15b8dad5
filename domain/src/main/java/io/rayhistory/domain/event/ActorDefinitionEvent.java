package io.rayhistory.domain.event;

import java.util.Map;

/**
 * ACTOR_DEFINITION_EVENT.
 */
public record ActorDefinitionEvent(EventEnvelope envelope, String actorId, String jobId, boolean detached, String name,
                                   String rayNamespace, String serializedRuntimeEnv, String className,
                                   Map<String, Double> requiredResources, String placementGroupId,
                                   Map<String, String> labelSelector, String callSite,
                                   String parentId) implements RayEvent {

    @Override
    public void applyTo(RayEventHandler handler) {
        handler.on(this);
    }
}
