package io.rayhistory.adapters.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rayhistory.domain.history.Node;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * A node as {@code /nodes} shows it (Ray: {@code python/ray/dashboard/modules/node/datacenter.py}). A record knows
 * nothing of the host's load: such members are left out, which the web client takes better than zeros, or are the least
 * it needs.
 */
public final class NodeJson {
    private static final Map<String, String> REASONS = Map.of("Expected termination", "EXPECTED_TERMINATION",
            "Unexpected termination", "UNEXPECTED_TERMINATION", "Terminated due to preemption",
            "AUTOSCALER_DRAIN_PREEMPTED", "Terminated due to idle (no Ray activity)", "AUTOSCALER_DRAIN_IDLE");

    /**
     * What is shown beside the node itself.
     *
     * @param state       {@code ALIVE} or {@code DEAD}
     * @param endTimeMs   0 while alive
     * @param sessionDir  folder on the node's disk, {@code ""} when unknown
     * @param usedStore   bytes of the object store in use when the raylet last told
     * @param freeStore   bytes not in use
     */
    public record Shown(Node node, String state, String stateMessage, long endTimeMs, String sessionDir, int workers,
                        long usedStore, long freeStore) {
    }

    private NodeJson() {
    }

    /** Writes the members of a list element; the caller writes the braces. */
    public static void summary(JsonGenerator out, Shown shown) throws IOException {
        host(out, shown);
        raylet(out, shown, true);
    }

    /** Writes the members of a single node's answer, without its workers and actors. */
    public static void detail(JsonGenerator out, Shown shown) throws IOException {
        host(out, shown);
        out.writeNumberField("cpu", 0);
        out.writeFieldName("loadAvg");
        out.writeStartArray();
        numbers(out, 3);
        numbers(out, 3);
        out.writeEndArray();
        raylet(out, shown, false);
    }

    /** What a live dashboard says about a node that it never heard of: 200, and next to nothing. */
    public static void unknown(JsonGenerator out) throws IOException {
        out.writeObjectFieldStart("detail");
        out.writeObjectFieldStart("raylet");
        out.writeNumberField("objectStoreUsedMemory", 0);
        out.writeNumberField("objectStoreAvailableMemory", 0);
        out.writeNullField("stateMessage");
        out.writeEndObject();
        for (String none : List.of("tpus", "gpus", "cmdline", "workers")) {
            out.writeArrayFieldStart(none);
            out.writeEndArray();
        }
        out.writeObjectFieldStart("actors");
        out.writeEndObject();
        out.writeEndObject();
    }

    private static void host(JsonGenerator out, Shown shown) throws IOException {
        Node node = shown.node();
        if (node.lastTransitionNs() > 0) {
            JsonValues.floating(out, "now", node.lastTransitionNs() / 1e9);
        }
        out.writeStringField("hostname", node.hostname());
        out.writeStringField("ip", node.ipAddress());
        for (String none : List.of("gpus", "tpus", "cmdline")) {
            out.writeArrayFieldStart(none);
            out.writeEndArray();
        }
        out.writeFieldName("networkSpeed");
        numbers(out, 2);
    }

    private static void numbers(JsonGenerator out, int count) throws IOException {
        out.writeStartArray();
        for (int i = 0; i < count; i++) {
            out.writeNumber(0);
        }
        out.writeEndArray();
    }

    private static void raylet(JsonGenerator out, Shown shown, boolean summary) throws IOException {
        Node node = shown.node();
        out.writeObjectFieldStart("raylet");
        if (summary) {
            out.writeArrayFieldStart("coreWorkersStats");
            out.writeEndArray();
        }
        out.writeNumberField("numWorkers", shown.workers());
        out.writeNumberField("objectStoreUsedMemory", shown.usedStore());
        out.writeNumberField("objectStoreAvailableMemory", shown.freeStore());
        out.writeStringField("nodeId", node.nodeId());
        out.writeStringField("nodeManagerAddress", node.ipAddress());
        out.writeStringField("nodeManagerHostname", node.hostname());
        out.writeObjectFieldStart("resourcesTotal");
        for (Map.Entry<String, Double> resource : node.resourcesTotal().entrySet()) {
            JsonValues.floating(out, CamelCase.of(resource.getKey()), resource.getValue());
        }
        out.writeEndObject();
        out.writeStringField("nodeName", node.nodeName());
        out.writeStringField("instanceId", node.instanceId());
        out.writeStringField("nodeTypeName", "");
        out.writeStringField("instanceTypeName", node.instanceTypeName());
        out.writeStringField("startTimeMs", Long.toString(node.startTimeMs()));
        out.writeStringField("endTimeMs", Long.toString(shown.endTimeMs()));
        out.writeBooleanField("isHeadNode", node.head());
        out.writeObjectFieldStart("labels");
        for (Map.Entry<String, String> label : node.labels().entrySet()) {
            out.writeStringField(CamelCase.of(label.getKey()), label.getValue());
        }
        out.writeEndObject();
        folders(out, shown.sessionDir());
        out.writeStringField("state", shown.state());
        JsonValues.textOrNull(out, "stateMessage", shown.stateMessage());
        death(out, shown);
        out.writeEndObject();
    }

    /** Ray derives all of them from the session's folder unless told otherwise (Ray: {@code python/ray/_private/node.py}). */
    private static void folders(JsonGenerator out, String sessionDir) throws IOException {
        if (!sessionDir.isEmpty()) {
            out.writeStringField("sessionDir", sessionDir);
            out.writeStringField("tempDir", sessionDir.substring(0, Math.max(1, sessionDir.lastIndexOf('/'))));
            out.writeStringField("rayletSocketName", sessionDir + "/sockets/raylet");
            out.writeStringField("objectStoreSocketName", sessionDir + "/sockets/plasma_store");
        }
    }

    private static void death(JsonGenerator out, Shown shown) throws IOException {
        String message = shown.stateMessage();
        int colon = message.indexOf(": ");
        String reason = REASONS.get(colon < 0 ? message : message.substring(0, colon));
        if (shown.state().equals("DEAD") && reason != null) {
            out.writeObjectFieldStart("deathInfo");
            out.writeStringField("reason", reason);
            out.writeStringField("reasonMessage", colon < 0 ? "" : message.substring(colon + 2));
            out.writeEndObject();
        }
    }
}
