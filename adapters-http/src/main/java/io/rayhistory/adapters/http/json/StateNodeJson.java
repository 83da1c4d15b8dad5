package io.rayhistory.adapters.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rayhistory.domain.history.Node;

import java.io.IOException;

/** A row of {@code /api/v0/nodes} (Ray: {@code NodeState} in {@code python/ray/util/state/common.py}). */
public final class StateNodeJson {

    private StateNodeJson() {
    }

    public static void write(JsonGenerator out, Node node, RowStyle style) throws IOException {
        out.writeStartObject();
        out.writeStringField("node_id", node.nodeId());
        out.writeStringField("node_ip", node.ipAddress());
        out.writeBooleanField("is_head_node", node.head());
        out.writeStringField("state", node.state());
        JsonValues.textOrNull(out, "state_message", node.stateMessage());
        out.writeStringField("node_name", node.nodeName());
        JsonValues.resources(out, "resources_total", node.resourcesTotal());
        JsonValues.labels(out, "labels", node.labels());
        if (style.detail()) {
            out.writeNumberField("start_time_ms", node.startTimeMs());
            out.writeNumberField("end_time_ms", node.endTimeMs());
        }
        out.writeEndObject();
    }
}
