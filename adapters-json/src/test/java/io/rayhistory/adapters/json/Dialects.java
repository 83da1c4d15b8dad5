package io.rayhistory.adapters.json;

import io.rayhistory.domain.event.TaskState;
import io.rayhistory.domain.id.IdKind;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Rewrites recorded events of Ray 2.60 as other Rays and collectors spell them. */
final class Dialects {
    private static final Set<String> DATA_MAPS = Set.of("requiredResources", "labels", "metadata", "refIds",
            "customFields", "resources", "unitResources", "labelSelector", "taskState");
    private static final Map<String, IdKind> IDS = Map.ofEntries(Map.entry("eventId", IdKind.EVENT),
            Map.entry("nodeId", IdKind.NODE), Map.entry("driverNodeId", IdKind.NODE), Map.entry("taskId", IdKind.TASK),
            Map.entry("parentTaskId", IdKind.TASK), Map.entry("parentId", IdKind.TASK), Map.entry("jobId", IdKind.JOB),
            Map.entry("actorId", IdKind.ACTOR), Map.entry("workerId", IdKind.WORKER), Map.entry("ownerId", IdKind.WORKER),
            Map.entry("componentId", IdKind.WORKER), Map.entry("placementGroupId", IdKind.PLACEMENT_GROUP));

    private Dialects() {
    }

    /** With field names as RAY_DASHBOARD_AGGREGATOR_AGENT_PRESERVE_PROTO_FIELD_NAME=1 sends them. */
    static Object snakeCase(Object value) {
        return rewrite(value, false, new Random(0));
    }

    /** With ids in hex of either case, half of the field names in snake_case, and members in another order. */
    static Object mixed(Object value, Random random) {
        return rewrite(value, true, random);
    }

    private static Object rewrite(Object value, boolean mixed, Random random) {
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(element -> copy.add(rewrite(element, mixed, random)));
            return copy;
        }
        if (!(value instanceof Map<?, ?> map)) {
            return value;
        }
        List<Map.Entry<?, ?>> members = new ArrayList<>(map.entrySet());
        if (mixed) {
            Collections.shuffle(members, random);
        }
        Map<String, Object> copy = new LinkedHashMap<>();
        for (Map.Entry<?, ?> member : members) {
            String name = (String) member.getKey();
            Object inner = DATA_MAPS.contains(name) ? member.getValue() : rewrite(member.getValue(), mixed, random);
            if (mixed && IDS.containsKey(name)) {
                String hex = IDS.get(name).normalize((String) inner);
                inner = random.nextBoolean() ? hex : hex.toUpperCase(Locale.ROOT);
            }
            copy.put(mixed && random.nextBoolean() ? name : SnakeCase.of(name), inner);
        }
        return copy;
    }

    /** As Ray 2.49 sent task events; other events as they are. The envelope has no node before 2.54. */
    static Map<String, Object> ofRay249(Map<String, Object> event) {
        Map<String, Object> old = new LinkedHashMap<>(event);
        old.remove("nodeId");
        Map<String, Object> lifecycle = inner(old.remove("taskLifecycleEvent"));
        if (lifecycle != null) {
            old.put("eventType", "TASK_EXECUTION_EVENT");
            old.put("taskExecutionEvent", lifecycle);
            Map<String, Object> states = new LinkedHashMap<>();
            for (Object transition : (List<?>) lifecycle.remove("stateTransitions")) {
                Map<?, ?> t = (Map<?, ?>) transition;
                states.put(Integer.toString(TaskState.valueOf((String) t.get("state")).ordinal()), t.get("timestamp"));
            }
            lifecycle.put("taskState", states);
        }
        for (String key : List.of("taskDefinitionEvent", "actorTaskDefinitionEvent")) {
            Map<String, Object> definition = inner(old.get(key));
            if (definition != null) {
                definition.put("runtimeEnvInfo", Map.of("serializedRuntimeEnv", definition.remove("serializedRuntimeEnv")));
                old.put(key, definition);
            }
        }
        return old;
    }

    private static Map<String, Object> inner(Object payload) {
        if (payload == null) {
            return null;
        }
        Map<String, Object> copy = new LinkedHashMap<>();
        ((Map<?, ?>) payload).forEach((name, value) -> copy.put((String) name, value));
        return copy;
    }
}
