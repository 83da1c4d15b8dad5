package io.rayhistory.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.rayhistory.adapters.kubernetes.ApiServer;
import io.rayhistory.adapters.kubernetes.RayClusters;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Clusters that let a real API server judge each token: whose they are shown. The server runs as a service account with the
 * rights of our manifests and no other; its own token must never get there.
 */
@Tag("kubernetes")
final class DelegatedTokensTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String LIVE = "/s/ray/demo/live/api/v0/tasks";

    @TempDir
    private static Path folder;
    private static ApiServer server;
    private static JudgedHead head;
    private static String own;
    private static Path kubeconfig;

    @BeforeAll
    static void start() throws Exception {
        server = new ApiServer(Files.createDirectory(folder.resolve("api-server")));
        RayClusters rays = new RayClusters(server.admin(), "ray");
        new RayClusters(server.admin(), "ray-history");
        for (String manifests : List.of("base", "delegated-tokens")) {
            for (JsonNode manifest : Manifests.render(Manifests.DEPLOY.resolve(manifests))) {
                if (Set.of("ServiceAccount", "Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding").contains(manifest.path("kind").asText())) {
                    server.admin().resource(manifest.toString()).create();
                }
            }
        }
        own = server.admin().serviceAccounts().inNamespace("ray-history").withName("ray-history")
                .tokenRequest(new TokenRequestBuilder().withNewSpec().withExpirationSeconds(3600L).endSpec().build()).getStatus().getToken();
        kubeconfig = server.kubeconfig("ray-history", own);
        head = new JudgedHead(server.admin(), "ray", "demo");
        rays.create("demo", Map.of("rayVersion", "2.60.0", "authOptions", Map.of("mode", "token", "enableK8sTokenAuth", true), "headGroupSpec",
                Map.of("template", Map.of("spec", Map.of("containers", List.of(Map.of("name", "ray-head", "ports",
                        List.of(Map.of("name", "dashboard", "containerPort", head.port())))))))));
        rays.head("demo", "demo-head", "127.0.0.1");
    }

    @AfterAll
    static void stop() {
        assertFalse(head.shown().contains(own), "our own token");
        head.close();
        server.close();
    }

    private static RunningCommand serve(Path account, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("serve", "--port", "0", "--storage-directory", Files.createDirectories(folder.resolve("store")).toString(),
                "--kubeconfigs", account.toString(), "--live-allowed-cidrs", "127.0.0.0/8", "--live-allowed-ports", Integer.toString(head.port())));
        arguments.addAll(List.of(more));
        return new RunningCommand(arguments.toArray(String[]::new));
    }

    private static HttpResponse<String> await(RunningCommand serve, int status, String... headers) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        HttpResponse<String> answer = serve.get(LIVE, headers);
        while (answer.statusCode() != status) {
            assertTrue(System.nanoTime() < end, answer.statusCode() + " " + answer.body());
            Thread.sleep(200);
            answer = serve.get(LIVE, headers);
        }
        return answer;
    }

    @Test
    void offShowsThemNothing() throws Exception {
        try (RunningCommand serve = serve(kubeconfig)) {
            String said = await(serve, 502).body();
            assertTrue(said.contains("wants tokens of Kubernetes itself") && said.contains("--live-delegated"), said);
        }
    }

    @Test
    void anAccountOfItsOwnIsShownWhereThatIsWanted() throws Exception {
        head.forget();
        try (RunningCommand serve = serve(kubeconfig, "--live-delegated", "service-account")) {
            assertEquals("judged", await(serve, 200).body());
            for (int i = 0; i < 20; i++) {
                assertEquals(200, serve.get(LIVE).statusCode());
            }
        }
        assertEquals(1, head.shown().size(), "kept until four fifths of its time are over");
        String name = server.admin().tokenReviews().create(new TokenReviewBuilder().withNewSpec().withToken(head.shown().iterator().next()).endSpec()
                .build()).getStatus().getUser().getUsername();
        assertEquals("system:serviceaccount:ray:ray-history-live", name);
    }

    @Test
    void anAccountThatIsNotThereOrMayNotBeUsedIsNamed() throws Exception {
        try (RunningCommand serve = serve(kubeconfig, "--live-delegated", "service-account", "--live-delegated-account", "other")) {
            String said = await(serve, 502).body();
            assertTrue(said.contains("create serviceaccounts/token 'other' in namespace ray"), said);
        }
        try (RunningCommand serve = serve(server.kubeconfig("admin"), "--live-delegated", "service-account", "--live-delegated-account", "other")) {
            String said = await(serve, 502).body();
            assertTrue(said.contains("service account ray/other, which does not exist"), said);
        }
    }

    @Test
    void theCallersOwnIsShownWhereThatIsWanted() throws Exception {
        head.forget();
        bind("viewer", "get", "carol");
        String carol = token("carol");
        try (RunningCommand serve = serve(server.kubeconfig("admin"), "--auth", "kubernetes", "--live-delegated", "caller")) {
            String[] headers = {"Authorization", "Bearer " + carol};
            HttpResponse<String> refused = await(serve, 502, headers);
            assertTrue(refused.body().contains("refused your token") && refused.body().contains("ray:write"), refused.body());
            bind("writer", "ray:write", "carol");
            assertEquals("judged", await(serve, 200, headers).body());
            HttpResponse<String> login = serve.send("POST", "/api/authenticate", headers);
            assertEquals("judged", await(serve, 200, "Cookie", login.headers().firstValue("Set-Cookie").orElse("").split(";")[0]).body());
            assertEquals(401, serve.get(LIVE).statusCode());
        }
        assertEquals(Set.of(carol), head.shown());
    }

    private static String token(String account) {
        server.admin().serviceAccounts().inNamespace("ray").resource(new ServiceAccountBuilder().withNewMetadata().withName(account).endMetadata().build()).create();
        return server.admin().serviceAccounts().inNamespace("ray").withName(account).tokenRequest().getStatus().getToken();
    }

    private static void bind(String role, String verb, String account) {
        server.admin().rbac().roles().inNamespace("ray").resource(new RoleBuilder().withNewMetadata().withName(role).endMetadata().addNewRule()
                .withApiGroups("ray.io").withResources("rayclusters").withVerbs(verb).endRule().build()).create();
        server.admin().rbac().roleBindings().inNamespace("ray").resource(new RoleBindingBuilder().withNewMetadata().withName(role).endMetadata()
                .withNewRoleRef().withApiGroup("rbac.authorization.k8s.io").withKind("Role").withName(role).endRoleRef()
                .addNewSubject().withKind("ServiceAccount").withNamespace("ray").withName(account).endSubject().build()).create();
    }
}
