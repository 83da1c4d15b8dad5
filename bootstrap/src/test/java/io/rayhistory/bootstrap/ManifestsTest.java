package io.rayhistory.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        for (Path definition : files(Path.of(System.getProperty("kube.binaries"), "kuberay"))) {
            define(Files.readString(definition));
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
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void define(String definition) {
        admin.resource(Serialization.unmarshal(definition, CustomResourceDefinition.class)).forceConflicts().serverSideApply();
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

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/aks-workload-identity", "overlays/azurite", "overlays/volume", "token-secrets", "delegated-tokens"})
    void everyOverlayIsAccepted(String overlay) throws Exception {
        List<JsonNode> manifests = Manifests.render(Manifests.DEPLOY.resolve(overlay));
        assertFalse(manifests.isEmpty());
        assertEquals(List.of(), complaints(manifests));
    }

    @ParameterizedTest
    @CsvSource({"monitoring, 4, ServiceMonitor ray-history", "access-kubernetes, 2, ClusterRole ray-history-access",
        "autoscaling, 1, HorizontalPodAutoscaler ray-history"})
    void everyComponentIsAcceptedOnTopOfTheBase(String component, int more, String one) throws Exception {
        Path together = Files.createDirectories(Path.of("target", "manifests", component).toAbsolutePath());
        String deploy = together.relativize(Manifests.DEPLOY).toString();
        Files.writeString(together.resolve("kustomization.yaml"), "resources: [" + deploy + "/base]\ncomponents: [" + deploy
                + "/components/" + component + "]\nnamespace: ray-history\n");
        List<JsonNode> manifests = Manifests.render(together);
        assertEquals(Manifests.render(Manifests.DEPLOY.resolve("base")).size() + more, manifests.size());
        assertTrue(manifests.stream().anyMatch(each -> one.equals(each.path("kind").asText() + " " + each.at("/metadata/name").asText())), one);
        assertEquals(List.of(), complaints(manifests));
    }

    /** No Service for people has the port that needs no login; probes and monitors find it by its name. */
    @Test
    void figuresAndProbesHaveAPortOfTheirOwn() throws Exception {
        List<JsonNode> base = Manifests.render(Manifests.DEPLOY.resolve("base"));
        JsonNode server = base.stream().filter(each -> each.path("kind").asText().equals("Deployment")).findFirst().orElseThrow()
                .at("/spec/template/spec/containers/0");
        assertEquals("admin 9090", server.at("/ports/1/name").asText() + " " + server.at("/ports/1/containerPort").asText());
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            assertEquals("admin", server.path(probe).at("/httpGet/port").asText(), probe);
        }
        base.stream().filter(each -> each.path("kind").asText().equals("Service"))
                .forEach(service -> service.at("/spec/ports").forEach(port -> assertEquals("http", port.path("targetPort").asText())));
    }

    @Test
    void everySampleIsAcceptedAndSoAreItsPods() throws Exception {
        int pods = 0;
        List<String> complaints = new ArrayList<>();
        for (Path file : files(Manifests.DEPLOY.resolve("samples"))) {
            List<JsonNode> manifests = Manifests.read(file);
            complaints.addAll(complaints(manifests));
            for (JsonNode manifest : manifests) {
                List<JsonNode> templates = Manifests.pods(manifest);
                complaints.addAll(complaints(templates));
                pods += templates.size();
            }
        }
        assertEquals(List.of(), complaints);
        assertEquals(8, pods, "a head and a worker of each of four samples");
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
