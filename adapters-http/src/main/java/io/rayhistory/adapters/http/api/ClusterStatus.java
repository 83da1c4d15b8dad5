package io.rayhistory.adapters.http.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rayhistory.adapters.http.json.CamelCase;
import io.rayhistory.application.read.StoredSession;
import io.rayhistory.domain.history.Node;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The state of the cluster when its record ends, as Ray's autoscaler reports it (Ray: {@code
 * python/ray/autoscaler/_private/util.py}, {@code format_info_string}).
 */
final class ClusterStatus {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);
    private static final String LINE = "-".repeat(63);
    private static final String UNKNOWN = " (unavailable for a finished session)";

    private final long timeNs;
    private final ZoneOffset zone;
    private final List<Node> alive = new ArrayList<>();
    private final List<Node> failed = new ArrayList<>();
    private final ResourceUsage usage = new ResourceUsage();
    private final boolean usageKnown;
    private final Map<Map<String, Double>, Integer> demands;

    private ClusterStatus(StoredSession session, LogFacts facts) {
        this.timeNs = session.history().recordEndNs();
        this.zone = offset(session);
        boolean known = false;
        for (Node node : session.history().nodes()) {
            if (node.state().equals("ALIVE")) {
                DebugState state = facts.debugState(session, node.nodeId());
                known |= state.known();
                alive.add(node);
                usage.add(node.resourcesTotal(), state);
            } else if (!node.stateMessage().isEmpty() && !node.stateMessage().startsWith("Expected termination")) {
                failed.add(node);
            }
        }
        this.usageKnown = known;
        this.demands = ResourceDemands.of(session.history());
    }

    static ClusterStatus of(StoredSession session, LogFacts facts) {
        return new ClusterStatus(session, facts);
    }

    /** Of the session's local time; UTC when it was not stored. */
    static ZoneOffset offset(StoredSession session) {
        String offset = session.timezone().getOrDefault("offset", "");
        try {
            return offset.isEmpty() ? ZoneOffset.UTC : ZoneOffset.of(offset);
        } catch (DateTimeException e) {
            return ZoneOffset.UTC;
        }
    }

    /** On Kubernetes the group's name; elsewhere every node is a type of its own. */
    private static String type(Node node) {
        return node.labels().getOrDefault("ray.io/node-group", "node_" + node.nodeId());
    }

    private Map<String, Integer> types() {
        Map<String, Integer> types = new LinkedHashMap<>();
        alive.forEach(node -> types.merge(type(node), 1, Integer::sum));
        return types;
    }

    String text() {
        Instant time = Instant.ofEpochSecond(timeNs / 1_000_000_000, timeNs % 1_000_000_000);
        List<String> lines = new ArrayList<>();
        lines.add("======== Autoscaler status: " + TIME.format(time.atOffset(zone)) + " ========");
        lines.addAll(List.of("Node status", LINE, "Active:"));
        types().forEach((type, count) -> lines.add(" " + count + " " + type));
        if (alive.isEmpty()) {
            lines.add(" (no active nodes)");
        }
        lines.addAll(List.of("Pending:", " (no pending nodes)", "Recent failures:"));
        failed.forEach(node -> lines.add(" " + type(node) + ": " + node.stateMessage() + " (ip: " + node.ipAddress() + ")"));
        if (failed.isEmpty()) {
            lines.add(" (no failures)");
        }
        lines.addAll(List.of("", "Resources", LINE, "Total Usage:"));
        if (usageKnown) {
            usage.lines().forEach(line -> lines.add(" " + line));
        } else {
            lines.add(UNKNOWN);
        }
        lines.addAll(List.of("", "From request_resources:", " (none)", "Pending Demands:"));
        demands.forEach((resources, count) ->
                lines.add(" " + ResourceDemands.python(resources) + ": " + count + "+ pending tasks/actors"));
        if (demands.isEmpty()) {
            lines.add(" (no resource demands)");
        }
        return String.join("\n", lines);
    }

    /** Writes the members of the answer without {@code format}. */
    void write(JsonGenerator out) throws IOException {
        out.writeNullField("autoscalingStatus");
        out.writeNullField("autoscalingError");
        out.writeObjectFieldStart("clusterStatus");
        out.writeNumberField("time", timeNs / 1e9);
        autoscalerReport(out);
        loadMetricsReport(out);
        out.writeEndObject();
    }

    private void autoscalerReport(JsonGenerator out) throws IOException {
        out.writeObjectFieldStart("autoscalerReport");
        out.writeObjectFieldStart("activeNodes");
        for (Map.Entry<String, Integer> type : types().entrySet()) {
            out.writeNumberField(CamelCase.of(type.getKey()), type.getValue());
        }
        out.writeEndObject();
        out.writeNullField("idleNodes");
        empty(out, "pendingNodes", false);
        empty(out, "pendingLaunches", true);
        empty(out, "failedNodes", false);
        out.writeObjectFieldStart("nodeAvailabilitySummary");
        empty(out, "nodeAvailabilities", true);
        out.writeEndObject();
        out.writeNullField("nodeActivities");
        empty(out, "pendingResources", true);
        out.writeObjectFieldStart("nodeTypeMapping");
        for (Node node : alive) {
            out.writeStringField(node.nodeId(), type(node));
        }
        out.writeEndObject();
        out.writeBooleanField("legacy", true);
        out.writeEndObject();
    }

    private void loadMetricsReport(JsonGenerator out) throws IOException {
        out.writeObjectFieldStart("loadMetricsReport");
        out.writeObjectFieldStart("usage");
        if (usageKnown) {
            for (Map.Entry<String, double[]> resource : usage.plain().entrySet()) {
                out.writeFieldName(CamelCase.of(resource.getKey()));
                out.writeArray(resource.getValue(), 0, 2);
            }
        }
        out.writeEndObject();
        out.writeArrayFieldStart("resourceDemand");
        for (Map.Entry<Map<String, Double>, Integer> demand : demands.entrySet()) {
            counted(out, demand.getKey(), demand.getValue());
        }
        out.writeEndArray();
        empty(out, "pgDemand", false);
        empty(out, "requestDemand", false);
        out.writeArrayFieldStart("nodeTypes");
        for (Node node : alive) {
            counted(out, node.resourcesTotal(), 1);
        }
        out.writeEndArray();
        for (String none : List.of("headIp", "usageByNode", "nodeTypeMapping", "idleTimeMap")) {
            out.writeNullField(none);
        }
        out.writeEndObject();
    }

    private static void counted(JsonGenerator out, Map<String, Double> resources, int count) throws IOException {
        out.writeStartArray();
        out.writeStartObject();
        for (Map.Entry<String, Double> resource : resources.entrySet()) {
            out.writeNumberField(resource.getKey(), resource.getValue());
        }
        out.writeEndObject();
        out.writeNumber(count);
        out.writeEndArray();
    }

    private static void empty(JsonGenerator out, String name, boolean object) throws IOException {
        out.writeFieldName(name);
        if (object) {
            out.writeStartObject();
            out.writeEndObject();
        } else {
            out.writeStartArray();
            out.writeEndArray();
        }
    }
}
