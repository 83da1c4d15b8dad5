package io.rayhistory.bootstrap;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.rayhistory.adapters.kubernetes.ApiServer;
import io.rayhistory.adapters.kubernetes.RayClusters;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** 2,000 RayClusters in 200 namespaces, of which alice may see one: how long the first list takes, and hers. Prints the times. */
@Tag("kubernetes")
final class ManyClustersTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int NAMESPACES = 200;
    private static final int EACH = 10;

    @TempDir
    private Path folder;

    private static int list(String url, String token) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/clusters?limit=5000")).header("Authorization", "Bearer " + token).build();
        return JSON.readTree(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body()).size();
    }

    @Test
    void aListOfAllIsCutToWhatOneMaySee() throws Exception {
        try (ApiServer server = new ApiServer(folder)) {
            IntStream.range(0, NAMESPACES).parallel().forEach(n -> {
                RayClusters rays = new RayClusters(server.admin(), "ray-" + n);
                IntStream.range(0, EACH).forEach(i -> rays.create("c" + i, Map.of()));
            });
            server.admin().resource(new RoleBuilder().withNewMetadata().withNamespace("ray-7").withName("viewer").endMetadata().addNewRule()
                    .withApiGroups("ray.io").withResources("rayclusters").withVerbs("get").endRule().build()).create();
            server.admin().resource(new RoleBindingBuilder().withNewMetadata().withNamespace("ray-7").withName("viewer").endMetadata()
                    .withNewRoleRef("rbac.authorization.k8s.io", "Role", "viewer").addNewSubject("rbac.authorization.k8s.io", "User", "alice", null)
                    .build()).create();
            long begun = System.nanoTime();
            try (RunningCommand serve = new RunningCommand("serve", "--port", "0", "--auth", "kubernetes", "--kubeconfigs",
                    server.kubeconfig("admin").toString())) {
                String url = serve.url();
                int sample = list(url, "admin-token") - NAMESPACES * EACH;
                long ready = System.nanoTime();
                assertTrue(sample > 0, "all of them, and the sample's sessions");
                while (list(url, "alice-token") != EACH) {
                    assertTrue(System.nanoTime() - ready < PATIENCE.toNanos(), "alice does not see her ten");
                }
                long cold = System.nanoTime();
                assertEquals(EACH, list(url, "alice-token")); // refusals count for 5 s only, and the first list may have taken longer
                long again = System.nanoTime();
                assertEquals(EACH, list(url, "alice-token"));
                System.getLogger(ManyClustersTest.class.getName()).log(System.Logger.Level.INFO, "2,000 clusters: ready and listed after "
                        + (ready - begun) / 1_000_000 + " ms, for alice after " + (cold - ready) / 1_000_000 + " ms, again after "
                        + (again - cold) / 1_000_000 + " ms and "
                        + (System.nanoTime() - again) / 1_000_000 + " ms");
            }
        }
    }
}
