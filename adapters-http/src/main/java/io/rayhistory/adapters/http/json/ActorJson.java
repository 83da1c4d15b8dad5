package io.rayhistory.adapters.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rayhistory.domain.event.ActorDeathCause;
import io.rayhistory.domain.history.Actor;
import io.rayhistory.domain.id.IdKind;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * An actor as {@code /logical/actors} shows it (Ray: {@code python/ray/dashboard/modules/node/actor_consts.py} and
 * {@code node_head.py}). What only a running process knows is left out or empty.
 */
public final class ActorJson {
    private static final List<String> MESSAGES =
            List.of("actor_died_error_context", "runtime_env_failed_context", "actor_unschedulable_context");
    /** {@code CPU_group_0_<placement group>} and {@code CPU_group_<placement group>}. */
    private static final Pattern IN_GROUP = Pattern.compile("(.+)_group(?:_\\d+)?_[0-9a-f]{36}");

    private ActorJson() {
    }

    /**
     * Writes one actor.
     *
     * @param camel    mangles resource and label names, as the answer about a single actor does
     * @param language of its creation task, {@code ""} when unknown
     */
    public static void write(JsonGenerator out, Actor actor, boolean camel, String language) throws IOException {
        out.writeStartObject();
        out.writeStringField("actorId", actor.actorId());
        out.writeStringField("jobId", actor.jobId());
        address(out, actor);
        out.writeStringField("name", actor.name());
        out.writeStringField("className", actor.className());
        out.writeStringField("state", actor.state().name());
        out.writeStringField("numRestarts", Integer.toString(actor.restarts()));
        out.writeFieldName("timestamp");
        JsonValues.wholeFloat(out, actor.lastTransitionNs() / 1_000_000);
        out.writeNumberField("pid", actor.pid());
        out.writeNumberField("startTime", actor.startTimeMs());
        out.writeNumberField("endTime", actor.endTimeMs());
        out.writeStringField("reprName", actor.reprName());
        out.writeObjectFieldStart("labelSelector");
        for (Map.Entry<String, String> label : actor.labelSelector().entrySet()) {
            out.writeStringField(key(label.getKey(), camel), label.getValue());
        }
        out.writeEndObject();
        ifKnown(out, "callSite", actor.callSite());
        ifKnown(out, "placementGroupId", IdKind.PLACEMENT_GROUP.orAbsent(actor.placementGroupId()));
        out.writeStringField("actorClass", actor.className());
        out.writeStringField("exitDetail", exitDetail(actor.deathCause()));
        resources(out, actor.requiredResources(), camel);
        process(out, actor, language);
        out.writeEndObject();
    }

    private static void address(JsonGenerator out, Actor actor) throws IOException {
        out.writeObjectFieldStart("address");
        out.writeStringField("nodeId", actor.nodeId().isEmpty() ? IdKind.NODE.nil() : actor.nodeId());
        out.writeStringField("ipAddress", actor.ipAddress());
        out.writeNumberField("port", actor.port());
        out.writeStringField("workerId", actor.workerId().isEmpty() ? IdKind.WORKER.nil() : actor.workerId());
        out.writeEndObject();
    }

    private static void process(JsonGenerator out, Actor actor, String language) throws IOException {
        if (!actor.workerId().isEmpty()) {
            out.writeStringField("workerId", actor.workerId());
            out.writeStringField("ipAddress", actor.ipAddress());
            out.writeStringField("port", Integer.toString(actor.port()));
            ifKnown(out, "language", language);
        }
        for (String none : List.of("gpus", "mem", "tpus")) {
            out.writeArrayFieldStart(none);
            out.writeEndArray();
        }
        out.writeNullField("processStats");
    }

    /** Placement groups rename what they reserve; the plain name is shown. */
    private static void resources(JsonGenerator out, Map<String, Double> required, boolean camel) throws IOException {
        Map<String, Double> plain = new TreeMap<>();
        required.forEach((name, amount) -> {
            var group = IN_GROUP.matcher(name);
            String base = group.matches() ? group.group(1) : name;
            if (!group.matches() || !base.equals("bundle")) {
                plain.put(base, amount);
            }
        });
        out.writeObjectFieldStart("requiredResources");
        for (Map.Entry<String, Double> resource : plain.entrySet()) {
            JsonValues.floating(out, key(resource.getKey(), camel), resource.getValue());
        }
        out.writeEndObject();
    }

    /** The text a person reads about a death; {@code -} when there is none. */
    static String exitDetail(ActorDeathCause cause) {
        if (cause == null) {
            return "-";
        }
        Object text = MESSAGES.contains(cause.kind()) ? cause.fields().get("error_message")
                : cause.fields().get("formatted_exception_string");
        return text instanceof String message && !message.isEmpty() ? message : "-";
    }

    private static String key(String name, boolean camel) {
        return camel ? CamelCase.of(name) : name;
    }

    private static void ifKnown(JsonGenerator out, String name, String value) throws IOException {
        if (!value.isEmpty()) {
            out.writeStringField(name, value);
        }
    }
}
