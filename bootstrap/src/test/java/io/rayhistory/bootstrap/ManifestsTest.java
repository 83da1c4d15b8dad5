package io.rayhistory.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.rayhistory.adapters.kubernetes.ApiServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Every manifest below {@code deploy/} is taken by a real API server, without a warning and without losing a field. */
@Tag("kubernetes")
final class ManifestsTest {
    /** As much of the Prometheus operator's definitions as matters here: their names. */
    private static final String PROMETHEUS = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: %1$s.monitoring.coreos.com}
            spec:
              group: monitoring.coreos.com
              scope: Namespaced
              names: {kind: %2$s, listKind: %2$sList, plural: %1$s, singular: %3$s}
              versions:
                - name: v1
                  served: true
                  storage: true
                  schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
            """;

    @TempDir
    private static Path folder;
    private static ApiServer server;
    private static KubernetesClient admin;

    @BeforeAll
    static void start() throws Exception {
        server = new ApiServer(Files.createDirectory(folder.resolve("api-server")));
        admin = server.admin();
        for (String kind : List.of("rayclusters", "rayjobs", "rayservices")) {
            define(withHistoryServerOptions(Files.readString(Path.of(System.getProperty("kube.binaries"), "kuberay", "ray.io_" + kind + ".yaml"))));
        }
        for (String kind : List.of("ServiceMonitor", "PodMonitor", "PrometheusRule")) {
            String single = kind.toLowerCase(Locale.ROOT);
            define(PROMETHEUS.formatted(single + "s", kind, single));
        }
        for (String namespace : List.of("ray-history", "ray")) {
            admin.namespaces().resource(new NamespaceBuilder().withNewMetadata().withName(namespace)
                    .addToLabels("pod-security.kubernetes.io/warn", namespace.equals("ray") ? "privileged" : "restricted").endMetadata().build()).create();
        }
        for (String kind : List.of("ray.io/v1 RayService", "ray.io/v1 RayJob", "monitoring.coreos.com/v1 ServiceMonitor",
                "monitoring.coreos.com/v1 PodMonitor", "monitoring.coreos.com/v1 PrometheusRule")) {
            await(kind.split(" ")[0], kind.split(" ")[1]);
        }
        JsonNode injected = Manifests.read(Manifests.DEPLOY.resolve("samples/raycluster-injected.yaml")).get(0);
        for (int tries = 0; tries < 100 && !Manifests.dryRun(admin, injected).isEmpty(); tries++) {
            Thread.sleep(100); // the changed definition takes a moment
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void define(String definition) {
        // The server side may be asked twice, for a client that waits in vain asks again.
        admin.resource(Serialization.unmarshal(definition, CustomResourceDefinition.class)).forceConflicts().serverSideApply();
    }

    /** KubeRay 1.7 has them; its definitions are not to be had as a Go module. The parts of theirs are those of the autoscaler's. */
    private static String withHistoryServerOptions(String definition) {
        JsonNode read = Manifests.documents(definition).get(0);
        for (JsonNode fields : read.findParents("autoscalerOptions")) {
            ObjectNode options = ((ObjectNode) fields).putObject("historyServerOptions").put("type", "object").putObject("properties")
                    .putObject("collectorOptions").put("type", "object").putObject("properties");
            for (String field : List.of("image", "imagePullPolicy", "env", "resources")) {
                options.set(field, fields.at("/autoscalerOptions/properties/" + field));
            }
        }
        return read.toString();
    }

    private static void await(String version, String kind) throws InterruptedException {
        for (int tries = 0; tries < 600; tries++) {
            var known = admin.getApiResources(version);
            if (known != null && known.getResources().stream().anyMatch(resource -> resource.getKind().equals(kind))) {
                return;
            }
            Thread.sleep(100);
        }
        throw new IllegalStateException("the API server does not know " + kind + " after a minute");
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            return found.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
        }
    }

    private static List<String> complaints(List<JsonNode> manifests) throws Exception {
        List<String> complaints = new ArrayList<>();
        for (JsonNode manifest : manifests) {
            if (!manifest.path("kind").asText().equals("Namespace")) {
                complaints.addAll(Manifests.dryRun(admin, manifest));
            }
        }
        return complaints;
    }

    private static List<Path> kustomizations() throws IOException {
        try (Stream<Path> found = Files.walk(Manifests.DEPLOY)) {
            return found.filter(file -> file.endsWith("kustomization.yaml")).map(Path::getParent).sorted().toList();
        }
    }

    private static boolean isComponent(Path kustomization) throws IOException {
        return Manifests.read(kustomization.resolve("kustomization.yaml")).get(0).path("kind").asText().equals("Component");
    }

    @Test
    void everyOverlayIsAccepted() throws Exception {
        int overlays = 0;
        for (Path overlay : kustomizations()) {
            if (!isComponent(overlay)) {
                List<JsonNode> manifests = Manifests.render(overlay);
                assertFalse(manifests.isEmpty(), overlay.toString());
                assertEquals(List.of(), complaints(manifests), overlay.toString());
                overlays++;
            }
        }
        assertTrue(overlays >= 5, overlays + " overlays");
    }

    @Test
    void everyComponentIsAcceptedOnTopOfTheBaseAndAllTogether() throws Exception {
        Path together = Files.createDirectories(Path.of("target", "manifests").toAbsolutePath());
        String deploy = together.relativize(Manifests.DEPLOY).toString();
        List<String> components = new ArrayList<>();
        for (Path component : kustomizations()) {
            if (isComponent(component)) {
                components.add(deploy + "/" + Manifests.DEPLOY.relativize(component));
            }
        }
        List<List<String>> sets = new ArrayList<>(components.stream().map(List::of).toList());
        sets.add(components);
        for (List<String> set : sets) {
            Files.writeString(together.resolve("kustomization.yaml"), "resources: [" + deploy + "/base]\ncomponents: " + set
                    + "\nnamespace: ray-history\n");
            List<JsonNode> manifests = Manifests.render(together);
            assertEquals(List.of(), complaints(manifests), set.toString());
            assertEquals(set.contains(deploy + "/components/monitoring") ? 3 : 0,
                    manifests.stream().filter(manifest -> manifest.path("apiVersion").asText().startsWith("monitoring")).count(), set.toString());
        }
    }

    @Test
    void everySampleIsAcceptedAndSoAreItsPods() throws Exception {
        int pods = 0;
        int clusters = 0;
        List<String> complaints = new ArrayList<>();
        for (Path file : files(Manifests.DEPLOY.resolve("samples"))) {
            List<JsonNode> manifests = Manifests.read(file);
            complaints.addAll(complaints(manifests));
            for (JsonNode manifest : manifests) {
                List<JsonNode> templates = Manifests.pods(manifest);
                complaints.addAll(complaints(templates));
                pods += templates.size();
                clusters += manifest.path("kind").asText().startsWith("Ray") ? 1 : 0;
            }
        }
        assertEquals(List.of(), complaints);
        assertTrue(clusters >= 9, clusters + " clusters");
        assertEquals(2 * clusters, pods, "a head and a worker of each");
    }

    @Test
    void aMistakeWouldBeNoticed() throws Exception {
        assertEquals(2, complaints(Manifests.read(Files.writeString(folder.resolve("wrong.yaml"), """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: a, namespace: ray}
                dato: {a: b}
                ---
                apiVersion: v1
                kind: Pod
                metadata: {name: b, namespace: ray}
                spec:
                  initContainers: [{name: c, image: d, restartPolicy: Sometimes}]
                  containers: [{name: e, image: d}]
                """))).size());
    }
}
