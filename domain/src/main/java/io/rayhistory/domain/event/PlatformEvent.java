package io.rayhistory.domain.event;

import java.util.Map;

/**
 * PLATFORM_EVENT: something Kubernetes said about the cluster. The same event id comes again when its count rises.
 *
 * @param payload the payload object as snake_case keys to values (text, number, boolean, list, map), in the order sent
 * @param count   {@code customFields.count}, 0 when absent
 */
public record PlatformEvent(EventEnvelope envelope, Map<String, Object> payload, long count) implements RayEvent {

    @Override
    public void applyTo(RayEventHandler handler) {
        handler.on(this);
    }
}
