package io.rayhistory.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What no API server checks: whether names in the manifests below {@code deploy/} mean something. */
final class ManifestNamesTest {
    private static final Set<String> KINDS = Set.of("RayCluster", "RayJob", "RayService");
    private static final List<JsonNode> MANIFESTS = new ArrayList<>();

    @BeforeAll
    static void read() throws IOException {
        try (Stream<Path> files = Files.walk(Manifests.DEPLOY)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".yaml")).toList()) {
                for (JsonNode manifest : Manifests.read(file)) {
                    MANIFESTS.add(manifest);
                    manifest.path("patches").forEach(patch -> Manifests.documents(patch.path("patch").asText()).stream()
                            .filter(JsonNode::isObject).forEach(MANIFESTS::add));
                }
            }
        }
    }

    private static Set<String> known(String command) throws IOException {
        Set<String> known = new HashSet<>();
        for (JsonNode option : new ObjectMapper().readTree(Said.by("options", "--json").out())) {
            if (option.path("command").asText().equals(command)) {
                known.add(option.path("variable").asText());
            }
        }
        return known;
    }

    private static List<JsonNode> containers(String name) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode manifest : MANIFESTS) {
            for (String field : List.of("containers", "initContainers")) {
                manifest.findValues(field).forEach(list -> list.forEach(container -> {
                    if (container.path("name").asText().equals(name)) {
                        found.add(container);
                    }
                }));
            }
        }
        return found;
    }

    private static Stream<String> names(JsonNode env) {
        return StreamSupport.stream(env.spliterator(), false).map(entry -> entry.path("name").asText());
    }

    @Test
    void everyVariableOfTheServerIsOneThatItKnows() throws IOException {
        Set<String> known = known("serve");
        List<JsonNode> servers = containers("server");
        assertTrue(servers.size() >= 4, "the base and three overlays");
        assertEquals(List.of(), servers.stream().flatMap(server -> names(server.path("env"))).filter(name -> !known.contains(name)).toList());
    }

    @Test
    void everyVariableOfCollectorsIsOneThatTheyKnow() throws IOException {
        Set<String> known = known("collect");
        List<String> used = new ArrayList<>();
        containers("collector").forEach(collector -> names(collector.path("env")).forEach(used::add));
        for (JsonNode manifest : MANIFESTS) {
            manifest.findValues("collectorOptions").forEach(options -> names(options.path("env")).forEach(used::add));
            if (manifest.at("/metadata/name").asText().equals("ray-history-storage")) {
                manifest.path("stringData").fieldNames().forEachRemaining(used::add);
            }
        }
        assertTrue(used.size() > 100, used.size() + " variables");
        assertEquals(List.of(), used.stream().filter(name -> !known.contains(name)).distinct().toList());
    }

    @Test
    void everyCollectorSharesRaysFolderAndIsNotTheFirstContainer() {
        int pods = 0;
        for (JsonNode manifest : MANIFESTS) {
            for (JsonNode pod : KINDS.contains(manifest.path("kind").asText()) ? Manifests.pods(manifest) : List.<JsonNode>of()) {
                String where = manifest.at("/metadata/name").asText();
                JsonNode ray = pod.at("/spec/containers/0");
                assertTrue(ray.path("name").asText().startsWith("ray-"), where);
                if (!manifest.findValues("collectorOptions").isEmpty()) {
                    assertEquals(1, pod.at("/spec/containers").size(), where + ": KubeRay adds the collector");
                    continue;
                }
                JsonNode collector = pod.at("/spec/containers").size() > 1 ? pod.at("/spec/containers/1") : pod.at("/spec/initContainers/0");
                assertEquals("collector", collector.path("name").asText(), where);
                assertEquals(ray.at("/volumeMounts/0"), collector.at("/volumeMounts/0"), where);
                assertEquals("/tmp/ray", ray.at("/volumeMounts/0/mountPath").asText(), where);
                assertEquals(manifest.path("kind").asText().equals("RayCluster") ? List.of() : List.of("OWNER_KIND", "OWNER_NAME"),
                        names(collector.path("env")).filter(name -> name.startsWith("OWNER_")).toList(), where);
                pods++;
            }
        }
        assertTrue(pods >= 16, pods + " pods");
    }

    @Test
    void everyImageHasAVersion() {
        List<String> images = MANIFESTS.stream().flatMap(manifest -> manifest.findValuesAsText("image").stream()).distinct().toList();
        assertTrue(images.size() >= 3, images.toString());
        assertEquals(List.of(), images.stream().filter(image -> !image.matches("[a-z0-9./-]+:[0-9][0-9.]*")).toList());
    }

    /** The port that asks nobody who they are is none of the Service for people; probes and the monitor find it by its name. */
    @Test
    void figuresAndProbesHaveAPortOfTheirOwn() {
        JsonNode server = containers("server").stream().filter(container -> container.has("ports")).findFirst().orElseThrow();
        assertEquals("admin 9090", server.at("/ports/1/name").asText() + " " + server.at("/ports/1/containerPort").asText());
        assertTrue(names(server.path("env")).anyMatch("RAYHISTORY_ADMIN_PORT"::equals));
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            assertEquals("admin", server.path(probe).at("/httpGet/port").asText(), probe);
        }
        List<String> ports = new ArrayList<>();
        for (JsonNode manifest : MANIFESTS) {
            String title = manifest.path("kind").asText() + " " + manifest.at("/metadata/name").asText();
            if (title.equals("Service ray-history") || title.equals("Service ray-history-admin")) {
                manifest.at("/spec/ports").forEach(port -> ports.add(title + ":" + port.path("targetPort").asText()));
            }
            if (title.equals("ServiceMonitor ray-history")) {
                assertEquals("admin", manifest.at("/spec/endpoints/0/port").asText());
            }
        }
        assertEquals(Set.of("Service ray-history:http", "Service ray-history-admin:admin"), Set.copyOf(ports));
    }
}
