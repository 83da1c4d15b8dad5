package io.rayhistory.domain.event;

import java.util.Map;

/**
 * NODE_DEFINITION_EVENT. {@code startTimeNs} is 0 when absent; host and node name exist since Ray 2.54.
 */
public record NodeDefinitionEvent(EventEnvelope envelope, String nodeId, String nodeIpAddress,
                                  Map<String, String> labels, long startTimeNs, String hostname, String nodeName,
                                  String instanceId, String instanceTypeName) implements RayEvent {

    @Override
    public void applyTo(RayEventHandler handler) {
        handler.on(this);
    }
}
