package io.rayhistory.bootstrap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rayhistory.adapters.filesystem.DirectoryObjectStore;
import io.rayhistory.adapters.kubernetes.ApiServer;
import io.rayhistory.adapters.kubernetes.RayClusters;
import io.rayhistory.domain.id.ClusterRef;
import io.rayhistory.domain.id.SessionKey;
import io.rayhistory.domain.layout.StorageLayout;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Two API servers with a cluster of the same name: which sessions run is told by their heads. */
@Tag("kubernetes")
final class TwoContextsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String S1 = "session_2026-11-20_10-00-00_000001_100";
    private static final String S2 = "session_2026-11-21_10-00-00_000002_200";
    private static final String S3 = "session_2026-11-22_10-00-00_000003_300";

    @TempDir
    private Path folder;

    private static void runs(ApiServer server, FakeHead head, String session) {
        RayClusters rays = new RayClusters(server.admin(), "ray-a");
        rays.create("c1", Map.of("headGroupSpec", Map.of("template", Map.of("spec", Map.of("containers", List.of(Map.of("name", "ray-head",
                "ports", List.of(Map.of("name", "dashboard", "containerPort", head.port())))))))));
        head.runs(session);
        rays.head("c1", "c1-head", "127.0.0.1");
    }

    private static void await(RunningCommand serve, Map<String, String> expected) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Map<String, String> states = new TreeMap<>();
        while (!states.equals(expected)) {
            assertTrue(System.nanoTime() < end, () -> states + " instead of " + expected);
            Thread.sleep(50);
            states.clear();
            for (JsonNode row : JSON.readTree(serve.get("/clusters").body())) {
                if (!row.get("sessionName").asText().equals("live")) {
                    states.put(row.get("sessionName").asText(), row.get("state").asText());
                }
            }
        }
    }

    @Test
    void theNameOfTheSessionDecidesAndWithoutBothServersNothingDoes() throws Exception {
        Path root = Files.createDirectory(folder.resolve("store"));
        try (ApiServer one = new ApiServer(Files.createDirectory(folder.resolve("one")));
                ApiServer two = new ApiServer(Files.createDirectory(folder.resolve("two")));
                FakeHead first = new FakeHead(); FakeHead second = new FakeHead(); DirectoryObjectStore store = new DirectoryObjectStore(root)) {
            for (String session : List.of(S1, S2, S3)) {
                store.put(StorageLayout.clusterHistory("").marker(new SessionKey(ClusterRef.plain("ray-a", "c1"), session)),
                        new ByteArrayInputStream(new byte[0]));
            }
            runs(one, first, S1);
            runs(two, second, S3);
            try (RunningCommand serve = new RunningCommand("serve", "--port", "0", "--storage-directory", root.toString(), "--kubeconfigs",
                    one.kubeconfig("admin") + "," + two.kubeconfig("admin"), "--live-allowed-cidrs", "127.0.0.0/8", "--live-allowed-ports",
                    first.port() + "," + second.port())) {
                await(serve, Map.of(S1, "live", S2, "ended", S3, "live"));
                assertEquals(200, serve.get("/s/ray-a/c1/" + S1 + "/api/version").statusCode());
                assertEquals(502, serve.get("/s/ray-a/c1/live/api/version").statusCode(), "which of the two is not said");
                one.kill();
                two.kill();
                await(serve, Map.of(S1, "unknown", S2, "unknown", S3, "unknown"));
            }
        }
    }
}
