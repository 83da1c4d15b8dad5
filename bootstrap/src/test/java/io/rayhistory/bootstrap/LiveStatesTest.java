package io.rayhistory.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.rayhistory.adapters.filesystem.DirectoryObjectStore;
import io.rayhistory.adapters.kubernetes.ApiServer;
import io.rayhistory.adapters.kubernetes.RayClusters;
import io.rayhistory.domain.id.ClusterRef;
import io.rayhistory.domain.id.SessionKey;
import io.rayhistory.domain.layout.StorageLayout;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The life of a RayCluster as {@code /clusters} of a served store tells it: a real API server, a head that is made up. */
@Tag("kubernetes")
final class LiveStatesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String S1 = "session_2026-11-20_10-00-00_000001_100";
    private static final String S2 = "session_2026-11-21_10-00-00_000002_200";
    private static final String S3 = "session_2026-11-22_10-00-00_000003_300";

    @TempDir
    private static Path folder;
    private static ApiServer server;

    private final Set<String> over = new TreeSet<>();
    private final StringBuilder times = new StringBuilder();

    @BeforeAll
    static void start() throws Exception {
        server = new ApiServer(Files.createDirectory(folder.resolve("api-server")));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** As a collector does at the start of a session, and every minute. */
    private static void collected(DirectoryObjectStore store, String cluster, String session) {
        SessionKey key = new SessionKey(ClusterRef.plain("ray-a", cluster), session);
        StorageLayout layout = StorageLayout.clusterHistory("");
        store.put(layout.marker(key), new ByteArrayInputStream(new byte[0]));
        store.put(layout.endpoint(key, "history__heartbeat"), new ByteArrayInputStream("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    private static Map<String, Object> spec(FakeHead head) {
        return Map.of("rayVersion", "2.60.0", "headGroupSpec", Map.of("template", Map.of("spec", Map.of("containers",
                List.of(Map.of("name", "ray-head", "ports", List.of(Map.of("name", "dashboard", "containerPort", head.port()))))))));
    }

    /** Rows by session, live clusters as {@code live}; nothing that is over may be called live. */
    private Map<String, String> states(RunningCommand serve, String cluster) throws Exception {
        Map<String, String> states = new HashMap<>();
        for (JsonNode row : JSON.readTree(serve.get("/clusters?name=" + cluster).body())) {
            String session = row.get("sessionName").asText();
            String state = session.equals("live") ? "row" : row.get("state").asText() + "/" + row.get("stateReason").asText();
            assertFalse(over.contains(session) && state.startsWith("live"), () -> session + " is over, and called " + state);
            states.put(session, state);
        }
        return states;
    }

    private void await(RunningCommand serve, String cluster, String step, Map<String, String> expected) throws Exception {
        long begun = System.nanoTime();
        while (true) {
            Map<String, String> states = states(serve, cluster);
            long ms = (System.nanoTime() - begun) / 1_000_000;
            if (states.equals(expected)) {
                times.append(step).append(": ").append(ms).append(" ms\n");
                return;
            }
            assertTrue(ms < PATIENCE.toMillis(), () -> step + ": " + states + " instead of " + expected);
            Thread.sleep(20);
        }
    }

    @Test
    void statesFollowAClusterThroughItsLife() throws Exception {
        Path root = Files.createDirectory(folder.resolve("store-1"));
        RayClusters rays = new RayClusters(server.admin(), "ray-a");
        try (DirectoryObjectStore store = new DirectoryObjectStore(root); FakeHead head = new FakeHead();
                RunningCommand serve = serve(root, head.port())) {
            collected(store, "c1", S1);
            await(serve, "c1", "stored only", Map.of(S1, "ended/cluster-gone"));
            rays.create("c1", spec(head));
            await(serve, "c1", "created, no head yet", Map.of("live", "row", S1, "unknown/head-unreachable"));
            head.runs(S1);
            rays.head("c1", "c1-head-1", "127.0.0.1");
            await(serve, "c1", "head runs", Map.of("live", "row", S1, "live/running"));
            head.runs("");
            rays.suspended("c1");
            await(serve, "c1", "suspended", Map.of("live", "row", S1, "suspended/cluster-suspended"));
            head.runs(S1);
            rays.head("c1", "c1-head-2", "127.0.0.1");
            await(serve, "c1", "resumed with the same session", Map.of("live", "row", S1, "live/running"));
            over.add(S1);
            head.runs(S2);
            rays.head("c1", "c1-head-3", "127.0.0.1");
            await(serve, "c1", "restarted", Map.of("live", "row", S1, "ended/cluster-restarted"));
            collected(store, "c1", S2);
            await(serve, "c1", "the new session is stored", Map.of("live", "row", S2, "live/running", S1, "ended/cluster-restarted"));
            over.add(S2);
            head.runs("");
            rays.delete("c1");
            await(serve, "c1", "deleted", Map.of(S2, "ended/cluster-gone", S1, "ended/cluster-gone"));
            rays.create("c1", spec(head));
            await(serve, "c1", "created again, no head yet", Map.of("live", "row", S2, "ended/earlier-cluster-of-same-name",
                    S1, "ended/newer-session-stored"));
            head.runs(S3);
            rays.head("c1", "c1-head-4", "127.0.0.1");
            collected(store, "c1", S3);
            await(serve, "c1", "its head runs", Map.of("live", "row", S3, "live/running", S2, "ended/cluster-restarted",
                    S1, "ended/cluster-restarted"));
            var tasks = serve.get("/s/ray-a/c1/" + S3 + "/api/v0/tasks?rhs_source=store"); // the head knows no tasks
            assertEquals(200, tasks.statusCode(), tasks::body);
            assertEquals("live; reason=running", tasks.headers().firstValue("X-Ray-History-State").orElse(""));
        }
        System.getLogger(LiveStatesTest.class.getName()).log(System.Logger.Level.INFO, "states were right after\n" + times);
    }

    @Test
    void withoutItsApiServerTheServerServesAndClaimsNothing() throws Exception {
        Path root = Files.createDirectory(folder.resolve("store-2"));
        RayClusters rays = new RayClusters(server.admin(), "ray-a");
        try (DirectoryObjectStore store = new DirectoryObjectStore(root); FakeHead head = new FakeHead();
                RunningCommand serve = serve(root, head.port())) {
            collected(store, "c2", S1);
            collected(store, "gone", S1);
            head.runs(S1);
            rays.create("c2", spec(head));
            rays.head("c2", "c2-head-1", "127.0.0.1");
            await(serve, "c2", "runs", Map.of("live", "row", S1, "live/running"));
            server.kill();
            try {
                await(serve, "c2", "API server killed", Map.of("live", "row", S1, "unknown/api-unavailable"));
                await(serve, "gone", "API server killed", Map.of(S1, "ended/cluster-gone"));
                assertEquals(200, serve.get("/s/ray-a/c2/" + S1 + "/api/v0/tasks").statusCode());
                assertEquals(200, serve.get("/readyz").statusCode());
                assertTrue(serve.get("/readyz?verbose").body().contains("kubernetes: stale"), serve.get("/readyz?verbose").body());
            } finally {
                server.restart();
            }
            await(serve, "c2", "API server back", Map.of("live", "row", S1, "live/running"));
        }
    }

    @Test
    void checkConfigSaysWhatIsAllowed() {
        new RayClusters(server.admin(), "ray-t").create("c3", Map.of("authOptions", Map.of("mode", "token", "secretName", "s3"),
                "headGroupSpec", Map.of("template", Map.of("spec", Map.of("containers", List.of())))));
        allowToList("ray-t");
        Said some = Said.by("check-config", "--kubeconfigs", server.kubeconfig("alice").toString(), "--kubernetes-namespaces", "ray-t");
        assertTrue(some.out().contains("get secrets 's3' in namespace ray-t: NOT ALLOWED, needed for: the dashboard of ray-t/c3"), some.out());
        Said admin = Said.by("check-config", "--kubeconfigs", server.kubeconfig("admin").toString(), "--kubernetes-namespaces", "ray-a");
        assertEquals(0, admin.code(), admin.out());
        assertTrue(admin.out().contains("watch rayclusters.ray.io in namespace ray-a: allowed"), admin.out());
        Said alice = Said.by("check-config", "--kubeconfigs", server.kubeconfig("alice").toString());
        assertEquals(1, alice.code(), alice.out());
        assertTrue(alice.out().contains("list rayclusters.ray.io: NOT ALLOWED, needed for: which sessions live"), alice.out());
    }

    private static void allowToList(String namespace) {
        server.admin().resource(new RoleBuilder().withNewMetadata().withNamespace(namespace).withName("lister").endMetadata()
                .addNewRule().withApiGroups("ray.io").withResources("rayclusters").withVerbs("get", "list", "watch").endRule().build()).create();
        server.admin().resource(new RoleBindingBuilder().withNewMetadata().withNamespace(namespace).withName("lister").endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "Role", "lister")
                .addNewSubject("rbac.authorization.k8s.io", "User", "alice", null).build()).create();
    }

    private static RunningCommand serve(Path store, int headPort) throws Exception {
        return new RunningCommand("serve", "--port", "0", "--storage-directory", store.toString(), "--kubeconfigs",
                server.kubeconfig("admin").toString(), "--live-allowed-cidrs", "127.0.0.0/8", "--live-allowed-ports",
                Integer.toString(headPort));
    }
}
