package io.rayhistory.adapters.json;

import io.rayhistory.domain.event.NodeDefinitionEvent;
import io.rayhistory.domain.event.NodeLifecycleEvent;
import io.rayhistory.domain.event.NodeTransition;
import io.rayhistory.domain.id.IdKind;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** NODE_DEFINITION_EVENT and NODE_LIFECYCLE_EVENT. */
final class Nodes {
    private Nodes() {
    }

    static Payload definition(FieldReader in) throws IOException, InvalidField {
        String nodeId = "";
        String ip = "";
        Map<String, String> labels = Map.of();
        long start = 0;
        String hostname = "";
        String nodeName = "";
        String instanceId = "";
        String instanceType = "";
        for (String field = in.open(); field != null; field = in.next()) {
            switch (field) {
                case "nodeId", "node_id" -> nodeId = in.id(IdKind.NODE);
                case "nodeIpAddress", "node_ip_address" -> ip = in.text();
                case "labels" -> labels = DataMaps.ofTexts(in);
                case "startTimestamp", "start_timestamp" -> start = in.time();
                case "hostname" -> hostname = in.text();
                case "nodeName", "node_name" -> nodeName = in.text();
                case "instanceId", "instance_id" -> instanceId = in.text();
                case "instanceTypeName", "instance_type_name" -> instanceType = in.text();
                default -> in.skip();
            }
        }
        in.require(nodeId, "nodeId");
        NodeDefinitionEvent d = new NodeDefinitionEvent(null, nodeId, ip, labels, start, hostname, nodeName,
                instanceId, instanceType);
        return envelope -> new NodeDefinitionEvent(envelope, d.nodeId(), d.nodeIpAddress(), d.labels(),
                d.startTimeNs(), d.hostname(), d.nodeName(), d.instanceId(), d.instanceTypeName());
    }

    static Payload lifecycle(FieldReader in) throws IOException, InvalidField {
        String nodeId = "";
        List<NodeTransition> transitions = new ArrayList<>(2);
        for (String field = in.open(); field != null; field = in.next()) {
            switch (field) {
                case "nodeId", "node_id" -> nodeId = in.id(IdKind.NODE);
                case "stateTransitions", "state_transitions" -> {
                    for (boolean more = in.openArray(); more; more = in.nextElement()) {
                        transitions.add(transition(in));
                    }
                }
                default -> in.skip();
            }
        }
        String id = in.require(nodeId, "nodeId");
        List<NodeTransition> all = List.copyOf(transitions);
        return envelope -> new NodeLifecycleEvent(envelope, id, all);
    }

    private static NodeTransition transition(FieldReader in) throws IOException, InvalidField {
        String state = EnumNames.ALIVENESS[0];
        long time = 0;
        Map<String, Double> resources = Map.of();
        String reason = "";
        String message = "";
        String subState = "";
        for (String field = in.open(); field != null; field = in.next()) {
            switch (field) {
                case "state" -> state = in.name(EnumNames.ALIVENESS);
                case "timestamp" -> time = in.time();
                case "resources" -> resources = DataMaps.ofNumbers(in);
                case "aliveSubState", "alive_sub_state" -> subState = in.name(EnumNames.ALIVE_SUB_STATE);
                case "deathInfo", "death_info" -> {
                    reason = in.isNull() ? "" : EnumNames.NODE_DEATH[0];
                    for (String death = in.open(); death != null; death = in.next()) {
                        switch (death) {
                            case "reason" -> reason = in.name(EnumNames.NODE_DEATH);
                            case "reasonMessage", "reason_message" -> message = in.text();
                            default -> in.skip();
                        }
                    }
                }
                default -> in.skip();
            }
        }
        return new NodeTransition(state, time, resources, reason, message, subState);
    }
}
