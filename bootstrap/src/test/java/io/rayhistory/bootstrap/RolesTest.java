package io.rayhistory.bootstrap;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.rayhistory.adapters.kubernetes.ApiServer;
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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What a real API server's roles let people see, by list, link, cookie and API. */
@Tag("kubernetes")
final class RolesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String[] ALICE = {"Authorization", "Bearer alice-token"};
    private static final String USER = "X-Forwarded-User";

    @TempDir
    private static Path folder;
    private static ApiServer server;
    private static Path store;

    @BeforeAll
    static void start() throws Exception {
        server = new ApiServer(Files.createDirectory(folder.resolve("api-server")));
        store = StoredMarkers.in(folder.resolve("store"), "ray-a/c1", "ray-b/c1", "ray-gone/c1", "ray-p/c1", "ray-k/c1");
        for (String namespace : List.of("ray-a", "ray-b", "ray-p", "ray-k")) {
            server.admin().namespaces().resource(new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build()).create();
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static RunningCommand serve(String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("serve", "--port", "0", "--storage-directory", store.toString(), "--kubeconfigs",
                server.kubeconfig("admin").toString()));
        arguments.addAll(List.of(more));
        return new RunningCommand(arguments.toArray(String[]::new));
    }

    /** @param kind User or Group */
    private static void allow(String namespace, String kind, String name) {
        server.admin().rbac().roles().inNamespace(namespace).resource(new RoleBuilder().withNewMetadata().withName("viewer").endMetadata().addNewRule()
                .withApiGroups("ray.io").withResources("rayclusters").withVerbs("get").endRule().build()).create();
        server.admin().rbac().roleBindings().inNamespace(namespace).resource(new RoleBindingBuilder().withNewMetadata().withName("viewer").endMetadata()
                .withNewRoleRef().withApiGroup("rbac.authorization.k8s.io").withKind("Role").withName("viewer").endRoleRef()
                .addNewSubject().withApiGroup("rbac.authorization.k8s.io").withKind(kind).withName(name).endSubject().build()).create();
    }

    private static void await(RunningCommand serve, String namespace, String... headers) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (serve.get(StoredMarkers.version(namespace + "/c1"), headers).statusCode() != StoredMarkers.PASSED) {
            assertTrue(System.nanoTime() < end, "the role does not count");
            Thread.sleep(200);
        }
    }

    @Test
    void aliceSeesHerNamespaceOnceARoleSaysSo() throws Exception {
        try (RunningCommand serve = serve("--auth", "kubernetes")) {
            assertEquals(401, serve.get("/clusters").statusCode());
            assertFalse(serve.get("/clusters", ALICE).body().contains("ray-"));
            assertEquals(403, serve.get(StoredMarkers.version("ray-a/c1"), ALICE).statusCode());
            allow("ray-a", "User", "alice");
            await(serve, "ray-a", ALICE);
            for (String list : List.of("/clusters", "/history/v1/sessions")) {
                String seen = serve.get(list, ALICE).body();
                assertTrue(seen.contains("ray-a") && !seen.contains("ray-b"), seen);
            }
            for (String path : List.of(StoredMarkers.version("ray-b/c1"), "/s/ray-b/c1/live/", "/history/v1/sessions/ray-b/c1/" + StoredMarkers.SESSION,
                    "/enter_cluster/ray-b/raycluster/c1/latest")) {
                assertEquals(403, serve.get(path, ALICE).statusCode(), path);
            }
            assertEquals(403, serve.get("/api/version", ALICE[0], ALICE[1], "Cookie", "cluster_namespace=ray-b; cluster_name=c1; session_name="
                    + StoredMarkers.SESSION).statusCode());
        }
    }

    @Test
    void whomAProxyNamesSeesWhatRolesSayAndWhatWasDeletedAsItsSuccessor() throws Exception {
        allow("ray-p", "Group", "oidc:team");
        try (RunningCommand serve = serve("--auth", "proxy", "--auth-proxy-cidrs", "127.0.0.0/8", "--auth-proxy-prefix", "oidc:",
                "--auth-namespace-map", "ray-gone=ray-p")) {
            String[] member = {USER, "bob", "X-Forwarded-Groups", "others,team"};
            await(serve, "ray-p", member);
            assertEquals(403, serve.get(StoredMarkers.version("ray-p/c1"), USER, "bob", "X-Forwarded-Groups", "others").statusCode());
            assertEquals(StoredMarkers.PASSED, serve.get(StoredMarkers.version("ray-gone/c1"), member).statusCode());
            String list = serve.get("/clusters", member).body();
            assertTrue(list.contains("ray-p") && list.contains("ray-gone") && !list.contains("ray-b"), list);
            assertEquals("ray-history: oidc:bob may not get rayclusters in namespace ray-b", serve.get(StoredMarkers.version("ray-b/c1"), member).body());
            assertEquals(401, serve.get(StoredMarkers.version("ray-p/c1"), USER, "admin", "X-Forwarded-Groups", "system:masters").statusCode());
            assertEquals(401, serve.get(StoredMarkers.version("ray-p/c1"), "Authorization", "Bearer admin-token").statusCode());
        }
    }

    @Test
    void withoutItsApiServerOnlyWhatItAllowedLatelyIsAllowed() throws Exception {
        allow("ray-k", "User", "alice");
        try (RunningCommand serve = serve("--auth", "kubernetes")) {
            HttpResponse<String> login = serve.send("POST", "/api/authenticate", ALICE);
            assertEquals(200, login.statusCode(), login.body());
            String[] cookie = {"Cookie", login.headers().firstValue("Set-Cookie").orElse("").split(";")[0]};
            await(serve, "ray-k", cookie);
            server.kill();
            try {
                assertEquals(StoredMarkers.PASSED, serve.get(StoredMarkers.version("ray-k/c1"), cookie).statusCode());
                HttpResponse<String> list = serve.get("/clusters", cookie);
                assertTrue(list.body().contains("ray-k") && !list.body().contains("ray-b"), list.body());
                assertTrue(list.headers().firstValue("X-Ray-History-Partial").orElse("").matches("hiddenUndecided=[1-9]"), list.headers().toString());
                for (HttpResponse<String> refused : List.of(serve.get(StoredMarkers.version("ray-b/c1"), cookie),
                        serve.get("/clusters", "Authorization", "Bearer admin-token"), serve.send("POST", "/api/authenticate", "Authorization", "Bearer x"))) {
                    assertEquals(503, refused.statusCode(), refused.body());
                    assertEquals("5", refused.headers().firstValue("Retry-After").orElse(""));
                }
                assertEquals(200, serve.get("/readyz").statusCode());
            } finally {
                server.restart();
            }
            await(serve, "ray-k", "Authorization", "Bearer admin-token");
            assertEquals(403, serve.get(StoredMarkers.version("ray-b/c1"), cookie).statusCode());
        }
    }

    @Test
    void checkConfigTellsWhatAccessLacks() {
        String[] check = {"check-config", "--kubeconfigs", server.kubeconfig("alice").toString(), "--auth", "kubernetes", "--kubernetes-namespaces", "ray-b",
            "--live-delegated", "service-account"};
        Said said = Said.by(check);
        assertEquals(1, said.code(), said.out());
        assertTrue(said.out().contains("create tokenreviews.authentication.k8s.io: NOT ALLOWED"), said.out());
        assertTrue(said.out().contains("create serviceaccounts/token 'ray-history-live' in namespace ray-b: NOT ALLOWED"), said.out());
        Said caller = Said.by("check-config", "--kubeconfigs", server.kubeconfig("alice").toString(), "--live-delegated", "caller");
        assertEquals(2, caller.code(), caller.out());
        assertTrue(caller.err().contains("--live-delegated is 'caller': expected --auth kubernetes as well"), caller.err());
    }
}
