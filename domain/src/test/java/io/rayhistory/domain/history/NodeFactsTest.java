package io.rayhistory.domain.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class NodeFactsTest {
    private final NodeFacts facts = new NodeFacts();

    private Node only() {
        List<Node> nodes = facts.fold(List.of(), Map.of());
        assertEquals(1, nodes.size());
        return nodes.get(0);
    }

    private String messageOf(String reason, String text) {
        NodeFacts one = new NodeFacts();
        one.add(Told.nodeWas(5, Told.NODE, Told.nodeDead(5, reason, text)));
        return one.fold(List.of(), Map.of()).get(0).stateMessage();
    }

    @Test
    void headIsTheNodeWithTheInternalResource() {
        facts.add(Told.node(3, Told.NODE, "10.0.0.1"));
        facts.add(Told.nodeWas(4, Told.NODE, Told.nodeAlive(4, Map.of("node:__internal_head__", 1.0))));
        Node node = only();
        assertTrue(node.head());
        assertEquals("ALIVE", node.state());
        assertEquals("10.0.0.1", node.nodeName());
        assertEquals(3, node.startTimeMs());
        assertEquals(0, node.endTimeMs());
        assertEquals(Provenance.UNFINISHED, node.provenance());
        assertEquals("", node.inferredFrom());
    }

    @Test
    void drainingAndDeathKeepTheResources() {
        facts.add(Told.node(3, Told.NODE, "10.0.0.1"));
        facts.add(Told.nodeWas(4, Told.NODE, Told.nodeAlive(4, Told.RESOURCES)));
        facts.add(Told.nodeWas(5, Told.NODE, Told.nodeAlive(5, Map.of())));
        assertEquals(Told.RESOURCES, only().resourcesTotal());
        facts.add(Told.nodeWas(9, Told.NODE, Told.nodeDead(9, "UNEXPECTED_TERMINATION", "no heartbeats")));
        Node node = only();
        assertEquals(Told.RESOURCES, node.resourcesTotal());
        assertEquals("DEAD", node.state());
        assertEquals("Unexpected termination: no heartbeats", node.stateMessage());
        assertEquals(9, node.endTimeMs());
        assertEquals(Told.ns(9), facts.deathNs(Told.NODE));
        assertEquals(Provenance.RECORDED, node.provenance());
    }

    @Test
    void stateMessageIsReasonThenTextOrEitherAlone() {
        assertEquals("Expected termination", messageOf("EXPECTED_TERMINATION", ""));
        assertEquals("Terminated due to preemption: bye", messageOf("AUTOSCALER_DRAIN_PREEMPTED", "bye"));
        assertEquals("Terminated due to idle (no Ray activity)", messageOf("AUTOSCALER_DRAIN_IDLE", ""));
        assertEquals("bye", messageOf("UNSPECIFIED", "bye"));
        assertEquals("", messageOf("UNSPECIFIED", ""));
    }

    @Test
    void definitionAloneMeansAliveByInference() {
        facts.add(Told.node(3, Told.NODE, "10.0.0.1"));
        Node node = only();
        assertEquals("ALIVE", node.state());
        assertEquals(Provenance.INFERRED, node.provenance());
        assertFalse(node.inferredFrom().isEmpty());
    }

    @Test
    void lifecycleAloneStartsWithTheFirstAlive() {
        facts.add(Told.nodeWas(8, Told.NODE, Told.nodeAlive(8, Told.RESOURCES), Told.nodeAlive(12, Map.of())));
        Node node = only();
        assertEquals(8, node.startTimeMs());
        assertEquals("", node.ipAddress());
        assertFalse(node.inferredFrom().isEmpty());
    }

    @Test
    void nodeThatOnlyOthersNameGetsARowButTheNilIdDoesNot() {
        List<Node> nodes = facts.fold(List.of(Told.NODE, "f".repeat(56), ""), Map.of(Told.NODE, "10.0.0.7"));
        assertEquals(1, nodes.size());
        assertEquals("10.0.0.7", nodes.get(0).ipAddress());
        assertEquals("10.0.0.7", nodes.get(0).nodeName());
        assertEquals(Provenance.INFERRED, nodes.get(0).provenance());
        assertEquals(0, facts.deathNs(Told.NODE));
    }
}
