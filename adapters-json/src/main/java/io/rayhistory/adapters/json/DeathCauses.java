package io.rayhistory.adapters.json;

import io.rayhistory.domain.event.ActorDeathCause;
import io.rayhistory.domain.id.IdKind;

import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Ray's ActorDeathCause (Ray: {@code src/ray/protobuf/common.proto}): one of several contexts. */
final class DeathCauses {
    /** The members of all contexts in the order of the protocol, which collectors that sort keys have lost. */
    private static final List<String> ORDER = List.of("language", "serialized_exception",
            "formatted_exception_string", "error_message", "owner_id", "owner_ip_address", "node_ip_address", "pid",
            "name", "ray_namespace", "class_name", "actor_id", "never_started", "node_death_info", "reason",
            "fail_immediately");

    private DeathCauses() {
    }

    /** {@code null} when there is none. */
    static ActorDeathCause read(FieldReader in) throws IOException, InvalidField {
        ActorDeathCause cause = null;
        for (String field = in.open(); field != null; field = in.next()) {
            if (in.isNull() || cause != null) {
                in.skip();
            } else {
                cause = new ActorDeathCause(SnakeCase.of(field), context(in));
            }
        }
        return cause;
    }

    private static Map<String, Object> context(FieldReader in) throws IOException, InvalidField {
        Map<String, Object> sent = new LinkedHashMap<>();
        for (String field = in.open(); field != null; field = in.next()) {
            if (in.isNull()) {
                continue;
            }
            String name = SnakeCase.of(field);
            sent.put(name, switch (name) {
                case "owner_id" -> in.id(IdKind.WORKER);
                case "actor_id" -> in.id(IdKind.ACTOR);
                case "pid" -> in.integer();
                case "reason" -> in.name(EnumNames.ACTOR_DEATH);
                case "language" -> in.name(EnumNames.LANGUAGE);
                case "node_death_info" -> nodeDeath(in);
                default -> JsonValues.read(in);
            });
        }
        Map<String, Object> ordered = new LinkedHashMap<>();
        Map<String, Object> rest = new HashMap<>(sent);
        for (String name : ORDER) {
            Object value = rest.remove(name);
            if (value != null) {
                ordered.put(name, value);
            }
        }
        sent.keySet().retainAll(rest.keySet());
        ordered.putAll(sent);
        return Collections.unmodifiableMap(ordered);
    }

    private static Map<String, Object> nodeDeath(FieldReader in) throws IOException, InvalidField {
        Map<String, Object> info = new LinkedHashMap<>();
        for (String field = in.open(); field != null; field = in.next()) {
            switch (field) {
                case "reason" -> info.put("reason", in.name(EnumNames.NODE_DEATH));
                case "reasonMessage", "reason_message" -> info.put("reason_message", in.text());
                default -> in.skip();
            }
        }
        return Collections.unmodifiableMap(info);
    }
}
