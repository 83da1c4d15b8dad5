package io.rayhistory.golden;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The document says what the server does: every path is asked, every answer has the members that are told of it. */
class OpenApiTest {
    @TempDir
    static Path folder;
    private static RecordedApi api;
    private static JsonNode document;

    @BeforeAll
    static void serve() throws Exception {
        api = new RecordedApi(folder);
        document = api.json(200, "/history/v1/openapi.json");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static String fill(String path) throws Exception {
        JsonNode failed = api.get("/tasks?fn=boom&state=FAILED").get("rows").get(0);
        JsonNode log = api.get("/tasks/" + failed.get("taskId").asText()).get("attempts").get(0).get("logs").get(0);
        return path.replace("{namespace}", "default").replace("{cluster}", "demo").replace("{session}", "latest")
                .replace("{key}", failed.get("group").asText()).replace("{task}", failed.get("taskId").asText())
                .replace("{actor}", "b1a9d3e1d31f3ca9cf26f41b02000000").replace("{job}", "raysubmit_demo")
                .replace("{node}", log.get("nodeId").asText()).replace("{path}", log.get("file").asText())
                + (path.startsWith("/sessions/{namespace}/{cluster}/{session}/log-find") ? "?q=job" : "");
    }

    @Test
    void everyPathAnswersAsItIsDescribed() throws Exception {
        int asked = 0;
        for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
            String target = "/history/v1" + fill(path.getKey());
            HttpResponse<byte[]> answer = api.bytes(target);
            assertEquals(200, answer.statusCode(), target);
            JsonNode content = path.getValue().get("get").get("responses").get("200").get("content");
            String type = answer.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", "");
            assertTrue(content.has(type), target + " is " + type + ", described as " + content);
            if (type.equals("application/json")) {
                conforms(content.get(type).get("schema"), api.parse(answer.body()), path.getKey());
            }
            asked++;
        }
        assertTrue(asked > 20, asked + " paths");
    }

    /** Every member of an object that is described by its members is described, and every described one of a row is there. */
    private static void conforms(JsonNode given, JsonNode value, String where) {
        JsonNode schema = resolve(given);
        if (schema.has("oneOf")) {
            if (!value.isNull()) {
                conforms(schema.get("oneOf").get(0), value, where);
            }
            return;
        }
        if (schema.has("items")) {
            for (JsonNode item : value) {
                conforms(schema.get("items"), item, where + "[]");
            }
            return;
        }
        Set<String> described = new TreeSet<>();
        members(schema, described);
        if (described.isEmpty()) {
            return;
        }
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            // An attempt of a cause also shows how its task went on; parts of a text and rows of spans have their own members.
            boolean further = Set.of("history", "index").contains(member.getKey());
            assertTrue(further || described.contains(member.getKey()), where + "." + member.getKey() + " is not described");
            JsonNode inner = property(schema, member.getKey());
            if (inner != null) {
                conforms(inner, member.getValue(), where + "." + member.getKey());
            }
        }
    }

    private static JsonNode resolve(JsonNode schema) {
        return schema.has("$ref") ? document.at(schema.get("$ref").asText().substring(1)) : schema;
    }

    private static void members(JsonNode given, Set<String> names) {
        JsonNode schema = resolve(given);
        schema.path("properties").properties().forEach(member -> names.add(member.getKey()));
        schema.path("allOf").forEach(part -> members(part, names));
    }

    private static JsonNode property(JsonNode given, String name) {
        JsonNode schema = resolve(given);
        for (JsonNode part : schema.path("allOf")) {
            JsonNode found = property(part, name);
            if (found != null) {
                return found;
            }
        }
        return schema.path("properties").get(name);
    }
}
