package io.rayhistory.adapters.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rayhistory.domain.history.PlacementGroup;

import java.io.IOException;

/** A row of {@code /api/v0/placement_groups} (Ray: {@code PlacementGroupState} in {@code util/state/common.py}). */
public final class PlacementGroupJson {

    private PlacementGroupJson() {
    }

    public static void write(JsonGenerator out, PlacementGroup group, RowStyle style) throws IOException {
        out.writeStartObject();
        out.writeStringField("placement_group_id", group.placementGroupId());
        out.writeStringField("name", group.name());
        out.writeStringField("creator_job_id", group.creatorJobId());
        out.writeStringField("state", group.state());
        if (style.detail()) {
            out.writeArrayFieldStart("bundles");
            for (PlacementGroup.Bundle bundle : group.bundles()) {
                writeBundle(out, group.placementGroupId(), bundle);
            }
            out.writeEndArray();
            out.writeBooleanField("is_detached", group.detached());
            writeStats(out, group.stats());
            if (style.ray260()) {
                writeEmptyObject(out, "topology_strategy");
                writeEmptyObject(out, "topology_assignments");
            }
        }
        out.writeEndObject();
    }

    private static void writeBundle(JsonGenerator out, String groupId, PlacementGroup.Bundle bundle)
            throws IOException {
        out.writeStartObject();
        out.writeObjectFieldStart("bundle_id");
        out.writeStringField("placement_group_id", groupId);
        out.writeNumberField("bundle_index", bundle.index());
        out.writeEndObject();
        JsonValues.resources(out, "unit_resources", bundle.unitResources());
        JsonValues.textOrNull(out, "node_id", bundle.nodeId());
        JsonValues.labels(out, "label_selector", bundle.labelSelector());
        out.writeEndObject();
    }

    /** 64-bit numbers are texts, as in every JSON that Ray makes of a protobuf message. */
    private static void writeStats(JsonGenerator out, PlacementGroup.Stats stats) throws IOException {
        out.writeObjectFieldStart("stats");
        writeText(out, "creation_request_received_ns", stats.creationRequestReceivedNs());
        writeText(out, "scheduling_started_time_ns", stats.schedulingStartedTimeNs());
        writeText(out, "scheduling_latency_us", stats.schedulingLatencyUs());
        writeText(out, "end_to_end_creation_latency_us", stats.endToEndCreationLatencyUs());
        out.writeNumberField("scheduling_attempt", stats.schedulingAttempt());
        out.writeStringField("scheduling_state", stats.schedulingState());
        JsonValues.floating(out, "highest_retry_delay_ms", stats.highestRetryDelayMs());
        out.writeEndObject();
    }

    private static void writeText(JsonGenerator out, String field, long value) throws IOException {
        out.writeStringField(field, Long.toString(value));
    }

    private static void writeEmptyObject(JsonGenerator out, String field) throws IOException {
        out.writeObjectFieldStart(field);
        out.writeEndObject();
    }
}
