package io.rayhistory.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rayhistory.domain.event.TaskState;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * Writes the sample session again, in another of the forms that exist in the field: another layout generation, another
 * way to write event files, another spelling of events.
 *
 * @param layout  how folders and markers are laid out
 * @param array   event files are one JSON array each instead of JSON lines
 * @param gzip    event files are compressed
 * @param rewrite changes each event
 */
record StoreVariant(Layout layout, boolean array, boolean gzip, UnaryOperator<ObjectNode> rewrite) {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String SESSION = "session_2026-11-22_20-21-16_964865_19675";

    /** The four generations differ in markers, in data folders, and in how a job's folder is called. */
    enum Layout {
        A("metadir/demo_default/", "demo_default/", true),
        B("cluster-metadata/raycluster/default_demo/", "demo_default/", true),
        C("cluster-metadata/raycluster/default_demo/", "cluster-history/raycluster/default/demo/", true),
        D("cluster-metadata/raycluster/default_demo/", "cluster-history/raycluster/default/demo/", false);

        private final String markers;
        private final String data;
        private final boolean base64Jobs;

        Layout(String markers, String data, boolean base64Jobs) {
            this.markers = markers;
            this.data = data;
            this.base64Jobs = base64Jobs;
        }

        private boolean logsFirst() {
            return data.equals("demo_default/");
        }
    }

    void write(Path sample, Path target) throws IOException {
        put(target.resolve(layout.markers + SESSION), new byte[0]);
        Path session = sample.resolve("cluster-history/raycluster/default/demo/" + SESSION);
        List<Path> files;
        try (Stream<Path> walk = Files.walk(session)) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            String name = session.relativize(file).toString();
            Path to = target.resolve(layout.data + SESSION);
            if (name.contains("_events/")) {
                put(to.resolve(eventFile(name)), events(file));
            } else {
                put(to.resolve(layout.logsFirst() ? name.replaceFirst("^([0-9a-f]{56})/logs/", "logs/$1/") : name),
                        Files.readAllBytes(file));
            }
        }
    }

    /** {@code <node>/job_events/<job>/<node>-<hour>-<nanos>.jsonl} in the words of this generation. */
    private String eventFile(String name) {
        String[] parts = name.split("/");
        if (layout.base64Jobs && parts.length == 4) {
            byte[] id = new byte[4];
            for (int i = 0; i < 4; i++) {
                id[i] = (byte) Integer.parseInt(parts[2].substring(2 * i, 2 * i + 2), 16);
            }
            parts[2] = Base64.getEncoder().encodeToString(id);
        }
        String file = parts[parts.length - 1];
        if (layout != Layout.D) {
            file = file.replaceAll("-\\d+\\.jsonl$", "");
        }
        parts[parts.length - 1] = gzip ? file + ".gz" : file;
        String path = String.join("/", parts);
        return layout.logsFirst() ? path.substring(path.indexOf('/') + 1) : path;
    }

    private byte[] events(Path file) throws IOException {
        ArrayNode array = MAPPER.createArrayNode();
        StringBuilder lines = new StringBuilder();
        for (String line : Files.readAllLines(file)) {
            JsonNode event = rewrite.apply((ObjectNode) MAPPER.readTree(line));
            array.add(event);
            lines.append(MAPPER.writeValueAsString(event)).append('\n');
        }
        byte[] plain = this.array ? MAPPER.writeValueAsBytes(array) : lines.toString().getBytes(StandardCharsets.UTF_8);
        return gzip ? zipped(plain) : plain;
    }

    private static byte[] zipped(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int half = plain.length / 2;
        for (byte[] part : List.of(Arrays.copyOf(plain, half),
                Arrays.copyOfRange(plain, half, plain.length))) {
            try (GZIPOutputStream member = new GZIPOutputStream(bytes)) {
                member.write(part);
            }
        }
        return bytes.toByteArray();
    }

    private static void put(Path file, byte[] content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    /** Keys of the messages as Ray's field names; keys of maps are data and stay. */
    static ObjectNode snakeCase(ObjectNode event) {
        ObjectNode renamed = MAPPER.createObjectNode();
        event.properties().forEach(e -> renamed.set(e.getKey().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT),
                DATA_MAPS.contains(e.getKey()) ? e.getValue() : snakeCase(e.getValue())));
        return renamed;
    }

    private static final List<String> DATA_MAPS = List.of("requiredResources", "labels", "labelSelector", "metadata",
            "refIds", "resources", "customFields");

    private static JsonNode snakeCase(JsonNode value) {
        if (value instanceof ObjectNode object) {
            return snakeCase(object);
        }
        if (value instanceof ArrayNode items) {
            List<JsonNode> renamed = new ArrayList<>();
            items.forEach(item -> renamed.add(snakeCase(item)));
            return MAPPER.createArrayNode().addAll(renamed);
        }
        return value;
    }

    /** Ray 2.49 and 2.50: one map from status number to time, and the runtime environment one level deeper. */
    static ObjectNode execution(ObjectNode event) {
        JsonNode definition = event.path("taskDefinitionEvent");
        if (definition.has("serializedRuntimeEnv")) {
            ObjectNode env = MAPPER.createObjectNode();
            env.set("serializedRuntimeEnv", ((ObjectNode) definition).remove("serializedRuntimeEnv"));
            ((ObjectNode) definition).set("runtimeEnvInfo", env);
        }
        if (!event.path("eventType").asText().equals("TASK_LIFECYCLE_EVENT")) {
            return event;
        }
        ObjectNode payload = (ObjectNode) event.remove("taskLifecycleEvent");
        ObjectNode states = MAPPER.createObjectNode();
        for (JsonNode transition : payload.remove("stateTransitions")) {
            int number = TaskState.valueOf(transition.get("state").asText()).ordinal();
            states.set(Integer.toString(number), transition.get("timestamp"));
        }
        payload.set("taskState", states);
        event.put("eventType", "TASK_EXECUTION_EVENT");
        event.set("taskExecutionEvent", payload);
        return event;
    }
}
