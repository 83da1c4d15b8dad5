package io.rayhistory.adapters.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rayhistory.domain.event.ActorDeathCause;
import io.rayhistory.domain.history.Actor;
import io.rayhistory.domain.id.IdKind;

import java.io.IOException;

/** A row of {@code /api/v0/actors} (Ray: {@code ActorState} in {@code python/ray/util/state/common.py}). */
public final class StateActorJson {

    private StateActorJson() {
    }

    public static void write(JsonGenerator out, Actor actor, RowStyle style) throws IOException {
        out.writeStartObject();
        out.writeStringField("actor_id", actor.actorId());
        out.writeStringField("class_name", actor.className());
        out.writeStringField("state", actor.state().name());
        out.writeStringField("job_id", actor.jobId());
        out.writeStringField("name", actor.name());
        JsonValues.textOrNull(out, "node_id", actor.nodeId());
        out.writeNumberField("pid", actor.pid());
        out.writeStringField("ray_namespace", actor.rayNamespace());
        if (style.detail()) {
            writeDetail(out, actor, style);
        }
        out.writeEndObject();
    }

    private static void writeDetail(JsonGenerator out, Actor actor, RowStyle style) throws IOException {
        out.writeStringField("serialized_runtime_env",
                RuntimeEnvJson.text(actor.serializedRuntimeEnv(), style.redact()));
        JsonValues.resources(out, "required_resources", actor.requiredResources());
        out.writeFieldName("death_cause");
        writeDeathCause(out, actor.deathCause());
        out.writeBooleanField("is_detached", actor.detached());
        JsonValues.textOrNull(out, "placement_group_id", IdKind.PLACEMENT_GROUP.orAbsent(actor.placementGroupId()));
        out.writeStringField("repr_name", actor.reprName());
        // 64-bit numbers of Ray's protobuf messages are texts in its JSON.
        out.writeStringField("num_restarts", Integer.toString(actor.restarts()));
        out.writeStringField("num_restarts_due_to_lineage_reconstruction",
                Integer.toString(actor.restartsDueToLineageReconstruction()));
        out.writeStringField("num_restarts_due_to_node_preemption",
                Integer.toString(actor.restartsDueToNodePreemption()));
        JsonValues.textOrNull(out, "call_site", actor.callSite());
        JsonValues.labels(out, "label_selector", actor.labelSelector());
        if (style.ray260()) {
            out.writeNullField("fallback_strategy");
        }
    }

    private static void writeDeathCause(JsonGenerator out, ActorDeathCause cause) throws IOException {
        if (cause == null) {
            out.writeNull();
            return;
        }
        out.writeStartObject();
        out.writeFieldName(cause.kind());
        JsonValues.any(out, cause.fields());
        out.writeEndObject();
    }
}
