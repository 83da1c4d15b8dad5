package io.rayhistory.domain.history;

import io.rayhistory.domain.event.NodeDefinitionEvent;
import io.rayhistory.domain.event.NodeLifecycleEvent;
import io.rayhistory.domain.event.NodeTransition;
import io.rayhistory.domain.id.IdKind;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Collects node events, any order, any repeats, and folds them into {@link Node}s. Not thread-safe. */
final class NodeFacts {
    private static final String HEAD_RESOURCE = "node:__internal_head__";

    private final Subjects<NodeDefinitionEvent, NodeTransition> nodes =
            new Subjects<>(List.of("ALIVE", "DEAD"), NodeTransition::state, NodeTransition::timeNs);

    void add(NodeDefinitionEvent event) {
        nodes.define(event.envelope(), event.nodeId(), event);
    }

    void add(NodeLifecycleEvent event) {
        nodes.enter(event.envelope(), event.nodeId(), event.transitions());
    }

    /** When a node died, 0 when it did not. */
    long deathNs(String nodeId) {
        Subjects.Subject<NodeDefinitionEvent, NodeTransition> node = nodes.get(nodeId);
        return node == null ? 0 : deathNs(node.transitions());
    }

    /**
     * @param seen ids of nodes that other events name: one whose own events were lost still gets a row
     * @param ips  addresses that other events tell of nodes, by node id
     * @return in order of their ids
     */
    List<Node> fold(Collection<String> seen, Map<String, String> ips) {
        TreeSet<String> ids = new TreeSet<>(nodes.byId().keySet());
        seen.stream().filter(id -> !IdKind.NODE.isNil(id)).forEach(ids::add);
        List<Node> folded = new ArrayList<>(ids.size());
        for (String id : ids) {
            Subjects.Subject<NodeDefinitionEvent, NodeTransition> node = nodes.get(id);
            NodeDefinitionEvent definition = node == null ? null : node.definition();
            List<NodeTransition> transitions = node == null ? List.of() : node.transitions();
            folded.add(definition == null ? undefined(id, ips.getOrDefault(id, ""), transitions)
                    : defined(definition, transitions));
        }
        return List.copyOf(folded);
    }

    private static Node defined(NodeDefinitionEvent d, List<NodeTransition> transitions) {
        long started = d.startTimeNs() != 0 ? d.startTimeNs() : firstAliveNs(transitions);
        String name = d.nodeName().isEmpty() ? d.nodeIpAddress() : d.nodeName();
        return node(d.nodeId(), d, name, started, transitions,
                transitions.isEmpty() ? "a definition without a lifecycle event" : "");
    }

    private static Node undefined(String id, String ip, List<NodeTransition> transitions) {
        NodeDefinitionEvent nothing =
                new NodeDefinitionEvent(ActorFacts.NO_ENVELOPE, id, ip, Map.of(), 0, "", "", "", "");
        return node(id, nothing, ip, firstAliveNs(transitions), transitions,
                transitions.isEmpty() ? "events of others that name this node"
                        : "lifecycle events without a definition");
    }

    private static Node node(String id, NodeDefinitionEvent d, String name, long startedNs,
                             List<NodeTransition> transitions, String inferredFrom) {
        long diedNs = deathNs(transitions);
        Map<String, Double> resources = lastResources(transitions);
        NodeTransition last = transitions.isEmpty() ? null : transitions.get(transitions.size() - 1);
        boolean dead = diedNs != 0;
        Provenance provenance = last == null ? Provenance.INFERRED
                : dead ? Provenance.RECORDED : Provenance.UNFINISHED;
        return new Node(id, d.nodeIpAddress(), d.hostname(), name, d.instanceId(), d.instanceTypeName(), d.labels(),
                resources.containsKey(HEAD_RESOURCE), dead ? "DEAD" : "ALIVE", dead ? stateMessage(last) : "",
                resources, startedNs / 1_000_000, diedNs / 1_000_000, last == null ? 0 : last.timeNs(), provenance,
                inferredFrom);
    }

    /** The last ALIVE that told any: one that only says DRAINING tells none. */
    private static Map<String, Double> lastResources(List<NodeTransition> transitions) {
        Map<String, Double> resources = Map.of();
        for (NodeTransition t : transitions) {
            if (t.state().equals("ALIVE") && !t.resources().isEmpty()) {
                resources = t.resources();
            }
        }
        return resources;
    }

    private static long firstAliveNs(List<NodeTransition> transitions) {
        return transitions.stream().filter(t -> t.state().equals("ALIVE")).mapToLong(NodeTransition::timeNs)
                .findFirst().orElse(0);
    }

    /** The first DEAD that no ALIVE followed. */
    private static long deathNs(List<NodeTransition> transitions) {
        long died = 0;
        for (NodeTransition t : transitions) {
            if (!t.state().equals("DEAD")) {
                died = 0;
            } else if (died == 0) {
                died = t.timeNs();
            }
        }
        return died;
    }

    /** Ray: {@code python/ray/dashboard/utils.py}, compose_state_message. */
    private static String stateMessage(NodeTransition death) {
        String reason = reasonText(death.deathReason());
        return reason.isEmpty() || death.deathMessage().isEmpty() ? reason + death.deathMessage()
                : reason + ": " + death.deathMessage();
    }

    private static String reasonText(String deathReason) {
        switch (deathReason) {
            case "EXPECTED_TERMINATION":
                return "Expected termination";
            case "UNEXPECTED_TERMINATION":
                return "Unexpected termination";
            case "AUTOSCALER_DRAIN_PREEMPTED":
                return "Terminated due to preemption";
            case "AUTOSCALER_DRAIN_IDLE":
                return "Terminated due to idle (no Ray activity)";
            default:
                return "";
        }
    }
}
