package io.rayhistory.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.EndpointsBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.rayhistory.adapters.filesystem.DirectoryObjectStore;
import io.rayhistory.adapters.kubernetes.ApiServer;
import io.rayhistory.adapters.kubernetes.RayClusters;
import io.rayhistory.domain.id.ClusterRef;
import io.rayhistory.domain.id.SessionKey;
import io.rayhistory.domain.layout.StorageLayout;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Everything that asks Kubernetes, as a service account with the rights of {@code deploy/} and those that the README names. */
@Tag("kubernetes")
final class ExactRightsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String OURS = "ray-history";

    @TempDir
    private static Path folder;
    private static ApiServer server;
    private static Path kubeconfig;

    @BeforeAll
    static void start() throws Exception {
        server = new ApiServer(Files.createDirectory(folder.resolve("api-server")));
        new RayClusters(server.admin(), OURS);
        new RayClusters(server.admin(), "ray");
        apply("base/rbac.yaml");
        apply("token-secrets/role.yaml");
        kubeconfig = server.kubeconfig(OURS, server.admin().serviceAccounts().inNamespace(OURS).withName(OURS).tokenRequest().getStatus().getToken());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void apply(String manifest) throws Exception {
        try (InputStream yaml = Files.newInputStream(Manifests.DEPLOY.resolve(manifest))) {
            for (HasMetadata each : server.admin().load(yaml).items()) {
                if (each.getKind().equals("ServiceAccount")) {
                    each.getMetadata().setNamespace(OURS); // as the Kustomization does
                }
                server.admin().resource(each).create();
            }
        }
    }

    /** What an option needs beside the base. */
    private static void allow(String name, String group, String resource, String... verbs) {
        server.admin().resource(new ClusterRoleBuilder().withNewMetadata().withName(name).endMetadata().addNewRule().withApiGroups(group)
                .withResources(resource).withVerbs(verbs).endRule().build()).create();
        bind(name);
    }

    private static void bind(String role) {
        server.admin().resource(new ClusterRoleBindingBuilder().withNewMetadata().withName("bind-" + role.replace(':', '-')).endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", role).addNewSubject("", "ServiceAccount", OURS, OURS).build()).create();
    }

    private static Map<String, Object> spec(int port, Map<String, Object> more) {
        Map<String, Object> spec = new java.util.HashMap<>(more);
        spec.put("headGroupSpec", Map.of("template", Map.of("spec", Map.of("containers", List.of(Map.of("name", "ray-head", "ports",
                List.of(Map.of("name", "dashboard", "containerPort", port))))))));
        return spec;
    }

    private static RunningCommand serve(int port, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("serve", "--port", "0", "--kubeconfigs", kubeconfig.toString(), "--live-allowed-cidrs", "127.0.0.0/8",
                "--live-allowed-ports", Integer.toString(port)));
        arguments.addAll(List.of(more));
        return new RunningCommand(arguments.toArray(String[]::new));
    }

    private static HttpResponse<String> await(RunningCommand serve, String path, int status, String... headers) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(serve.url() + path));
            if (headers.length > 0) {
                request.headers(headers);
            }
            HttpResponse<String> answer = HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == status) {
                return answer;
            }
            assertTrue(System.nanoTime() < end, () -> path + ": " + answer.statusCode() + " " + answer.body());
            Thread.sleep(50);
        }
    }

    private static void tidy(RunningCommand serve) {
        for (String trouble : List.of("may not", "forbidden", "403")) {
            assertFalse(serve.said().contains(trouble), serve.said());
        }
    }

    @Test
    void theManifestsRightsAreEnoughForStatesDashboardsTokensAndAccess() throws Exception {
        RayClusters rays = new RayClusters(server.admin(), "ray");
        bind("system:auth-delegator");
        server.admin().resource(new SecretBuilder().withNewMetadata().withNamespace("ray").withName("demo").endMetadata()
                .addToStringData("auth_token", "t").build()).create();
        Path root = Files.createDirectory(folder.resolve("store"));
        try (FakeDashboard dashboard = new FakeDashboard(); DirectoryObjectStore store = new DirectoryObjectStore(root)) {
            dashboard.wants("t");
            store.put(StorageLayout.clusterHistory("").marker(new SessionKey(ClusterRef.plain("ray", "demo"), FakeDashboard.SESSION)),
                    new ByteArrayInputStream(new byte[0]));
            rays.create("demo", spec(dashboard.port(), Map.of("authOptions", Map.of("mode", "token"))));
            rays.head("demo", "demo-head", "127.0.0.1");
            try (RunningCommand serve = serve(dashboard.port(), "--storage-directory", root.toString(), "--auth", "kubernetes")) {
                String[] admin = {"Authorization", "Bearer admin-token"};
                assertEquals("/seen?null", await(serve, "/s/ray/demo/live/seen", 200, admin).body());
                assertEquals("live", await(serve, "/s/ray/demo/" + FakeDashboard.SESSION + "/seen", 200, admin).headers()
                        .firstValue("X-Ray-History-Source").orElse(""));
                assertEquals("Bearer t", dashboard.requests("/seen").get(0).get("x-ray-authorization"));
                await(serve, "/s/ray/demo/live/seen", 403, "Authorization", "Bearer alice-token");
                await(serve, "/s/ray/demo/live/seen", 401, "Authorization", "Bearer nobody");
                tidy(serve);
            }
        }
    }

    @Test
    void aServiceThatIsNotTheHeadsOwnLeadsNowhere() throws Exception {
        RayClusters rays = new RayClusters(server.admin(), "ray-v");
        allow("verify", "", "services", "get");
        try (FakeDashboard dashboard = new FakeDashboard()) {
            rays.create("c1", spec(dashboard.port(), Map.of()));
            rays.head("c1", "c1-head", "127.0.0.1");
            try (RunningCommand serve = serve(dashboard.port(), "--live-verify-service", "true")) {
                String missing = await(serve, "/s/ray-v/c1/live/seen", 502).body();
                assertTrue(missing.contains("service c1-head-svc of its status does not exist"), missing);
                assertEquals(List.of(), dashboard.requests("/api/version"), "not even asked for its version");
                tidy(serve);
            }
        }
    }

    @Test
    void theApiServersProxyLeadsToADashboard() throws Exception {
        Optional<InetAddress> ours = NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress() && !address.isLinkLocalAddress()).findFirst();
        Assumptions.assumeTrue(ours.isPresent(), "the API server proxies to no loopback address, and there is no other");
        RayClusters rays = new RayClusters(server.admin(), "ray-p");
        allow("proxy", "", "services/proxy", "get");
        try (FakeDashboard dashboard = new FakeDashboard(ours.get().getHostAddress())) {
            service("ray-p", "c1", ours.get().getHostAddress(), dashboard.port());
            rays.create("c1", spec(dashboard.port(), Map.of()));
            rays.head("c1", "c1-head", "169.254.169.254");
            try (RunningCommand serve = serve(dashboard.port(), "--live-route", "apiserver")) {
                assertEquals("/seen?a=b", await(serve, "/s/ray-p/c1/live/seen?a=b", 200).body());
                assertFalse(dashboard.requests("/seen").get(0).containsKey("authorization"), "the API server keeps our credentials");
                assertTrue(Following.log(serve.url() + "/s/ray-p/c1/live", "job-1").endsWith("1000 done"));
                assertTrue(Following.log(serve.url() + "/s/ray-p/c1/live", "breaks").contains("|1011 "));
                tidy(serve);
            }
        }
    }

    /** A headless service with one pod behind it, as its controllers would make it: the proxy goes to pods alone. */
    private static void service(String namespace, String cluster, String address, int port) {
        String pod = cluster + "-head";
        String name = cluster + "-head-svc";
        server.admin().resource(new PodBuilder().withNewMetadata().withNamespace(namespace).withName(pod).endMetadata().withNewSpec()
                .addNewContainer().withName("ray-head").withImage("ray").endContainer().endSpec().build()).create();
        server.admin().pods().inNamespace(namespace).withName(pod).editStatus(made -> new PodBuilder(made).withNewStatus().withPhase("Running")
                .withPodIP(address).addNewPodIP(address).endStatus().build());
        server.admin().resource(new ServiceBuilder().withNewMetadata().withNamespace(namespace).withName(name).endMetadata().withNewSpec()
                .withClusterIP("None").addNewPort().withName("dashboard").withPort(port).endPort().endSpec().build()).create();
        server.admin().resource(new EndpointsBuilder().withNewMetadata().withNamespace(namespace).withName(name).endMetadata().addNewSubset()
                .addNewAddress().withIp(address).withNewTargetRef().withKind("Pod").withNamespace(namespace).withName(pod).endTargetRef().endAddress()
                .addNewPort().withName("dashboard").withPort(port).endPort().endSubset().build()).create();
    }

    @Test
    void ofTwoClustersOfAServiceTheOneThatServesIsEntered() throws Exception {
        RayClusters rays = new RayClusters(server.admin(), "ray-s");
        allow("owners", "ray.io", "rayservices", "get", "list", "watch");
        rays.createFor("llm", "llm-older", Map.of());
        Thread.sleep(1_100); // the time of creation has seconds
        rays.createFor("llm", "llm-newer", Map.of());
        rays.serves("llm", "llm-newer");
        try (RunningCommand watching = serve(8265, "--kubernetes-watch-owners", "true"); RunningCommand guessing = serve(8265)) {
            assertEquals("llm-newer", entered(watching));
            assertEquals("llm-older", entered(guessing));
            rays.head("llm-newer", "head", "10.1.2.3");
            rays.serves("llm", "llm-older");
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (!entered(watching).equals("llm-older") || !entered(guessing).equals("llm-newer")) {
                assertTrue(System.nanoTime() < end);
                Thread.sleep(50);
            }
            tidy(watching);
        }
    }

    /** The cluster's name; both stand in the answer. */
    private static String entered(RunningCommand serve) throws Exception {
        JsonNode answer = JSON.readTree(await(serve, "/enter_cluster/ray-s/rayservice/llm/live", 200).body());
        assertEquals(2, answer.get("candidates").size(), answer.toString());
        assertEquals(answer.get("name"), answer.get("candidates").get(0));
        return answer.get("name").asText();
    }
}
