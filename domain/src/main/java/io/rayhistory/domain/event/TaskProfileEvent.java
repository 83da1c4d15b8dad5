package io.rayhistory.domain.event;

import java.util.List;

/**
 * TASK_PROFILE_EVENT: spans of one attempt, from its executor ({@code worker}) or its owner ({@code driver}).
 */
public record TaskProfileEvent(EventEnvelope envelope, String taskId, int attempt, String jobId,
                               String componentType, String componentId, String nodeIpAddress,
                               List<ProfileSpan> spans) implements RayEvent {

    @Override
    public void applyTo(RayEventHandler handler) {
        handler.on(this);
    }
}
