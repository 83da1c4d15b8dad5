package io.rayhistory.golden;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A JSON answer as path to value. Rows of a list are named by their id, so that their order says nothing. */
final class Leaves {
    private static final List<List<String>> IDS = List.of(List.of("task_id"), List.of("actor_id"), List.of("node_id"),
            List.of("worker_id"), List.of("submission_id"), List.of("job_id"), List.of("placement_group_id"),
            List.of("object_id"), List.of("actorId"), List.of("jobId"), List.of("raylet", "nodeId"), List.of("nodeId"),
            List.of("key"), List.of("name"), List.of("runtime_env"));
    /** A log listing is sets of file names by category. */
    private static final Pattern FILE_NAMES = Pattern.compile("^data\\.result\\.[a-z_]+$");

    private final Map<String, JsonNode> leaves = new LinkedHashMap<>();

    private Leaves() {
    }

    static Map<String, JsonNode> of(JsonNode answer) {
        Leaves all = new Leaves();
        all.add(answer, "");
        return all.leaves;
    }

    private void add(JsonNode value, String path) {
        if (value.isObject() && !value.isEmpty()) {
            value.properties().forEach(e -> add(e.getValue(), path.isEmpty() ? e.getKey() : path + "." + e.getKey()));
        } else if (value.isArray() && !value.isEmpty()) {
            addItems(value, path);
        } else {
            leaves.put(path, value);
        }
    }

    private void addItems(JsonNode items, String path) {
        boolean rows = true;
        for (JsonNode item : items) {
            rows &= item.isObject();
        }
        Map<String, Integer> seen = new HashMap<>();
        int position = 0;
        for (JsonNode item : items) {
            String name = rows ? rowName(item) : FILE_NAMES.matcher(path).matches() ? item.asText() : "#" + position++;
            int times = seen.merge(name, 1, Integer::sum);
            add(item, path + "[" + (times > 1 ? name + "~" + times : name) + "]");
        }
    }

    private static String rowName(JsonNode row) {
        if (row.has("ph")) {
            return row.path("ph") + "," + row.path("name") + "," + row.path("ts").asDouble() + "," + row.path("tid");
        }
        for (List<String> id : IDS) {
            JsonNode at = row;
            for (String key : id) {
                at = at.path(key);
            }
            if (at.isValueNode() && !at.isNull() && !at.asText().isEmpty()) {
                String attempt = row.has("attempt_number") ? ",attempt=" + row.get("attempt_number") : "";
                return String.join(".", id) + "=" + at.asText() + attempt;
            }
        }
        return "#";
    }
}
