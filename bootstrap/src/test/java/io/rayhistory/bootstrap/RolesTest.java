package io.rayhistory.bootstrap;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.rayhistory.adapters.filesystem.DirectoryObjectStore;
import io.rayhistory.adapters.kubernetes.ApiServer;
import io.rayhistory.domain.id.ClusterRef;
import io.rayhistory.domain.id.SessionKey;
import io.rayhistory.domain.layout.StorageLayout;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What a real API server's roles let alice see, by list, link, cookie and API. */
@Tag("kubernetes")
final class RolesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SESSION = "session_2026-11-20_10-00-00_000001_100";
    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private HttpResponse<String> get(String url, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Bearer alice-token");
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void aliceSeesHerNamespaceOnceARoleSaysSo() throws Exception {
        Path root = Files.createDirectory(folder.resolve("store"));
        try (ApiServer server = new ApiServer(Files.createDirectory(folder.resolve("api-server")));
                DirectoryObjectStore store = new DirectoryObjectStore(root)) {
            for (String namespace : List.of("ray-a", "ray-b")) {
                store.put(StorageLayout.clusterHistory("").marker(new SessionKey(ClusterRef.plain(namespace, "c1"), SESSION)),
                        new ByteArrayInputStream(new byte[0]));
            }
            try (RunningCommand serve = new RunningCommand("serve", "--port", "0", "--storage-directory", root.toString(), "--auth", "kubernetes",
                    "--kubeconfigs", server.kubeconfig("admin").toString())) {
                String url = serve.get("/livez").uri().toString().replace("/livez", "");
                assertEquals(401, serve.get("/clusters").statusCode());
                assertFalse(get(url + "/clusters").body().contains("ray-"));
                assertEquals(403, get(url + "/s/ray-a/c1/" + SESSION + "/api/version").statusCode());
                allow(server.admin());
                long end = System.nanoTime() + PATIENCE.toNanos();
                while (!get(url + "/clusters").body().contains("ray-a")) {
                    assertTrue(System.nanoTime() < end, "the role does not count");
                    Thread.sleep(200);
                }
                assertFalse(get(url + "/clusters").body().contains("ray-b"));
                assertFalse(get(url + "/history/v1/sessions").body().contains("ray-b"));
                assertEquals(404, get(url + "/s/ray-a/c1/" + SESSION + "/api/version").statusCode(), "let in, but nothing is stored of it");
                for (String path : List.of("/s/ray-b/c1/" + SESSION + "/api/version", "/s/ray-b/c1/live/", "/history/v1/sessions/ray-b/c1/" + SESSION,
                        "/enter_cluster/ray-b/raycluster/c1/latest")) {
                    assertEquals(403, get(url + path).statusCode(), path);
                }
                assertEquals(403, get(url + "/api/version", "Cookie", "cluster_namespace=ray-b; cluster_name=c1; session_name=" + SESSION).statusCode());
            }
        }
    }

    private static void allow(KubernetesClient admin) {
        admin.namespaces().resource(new NamespaceBuilder().withNewMetadata().withName("ray-a").endMetadata().build()).create();
        admin.rbac().roles().inNamespace("ray-a").resource(new RoleBuilder().withNewMetadata().withName("viewer").endMetadata().addNewRule()
                .withApiGroups("ray.io").withResources("rayclusters").withVerbs("get").endRule().build()).create();
        admin.rbac().roleBindings().inNamespace("ray-a").resource(new RoleBindingBuilder().withNewMetadata().withName("viewer").endMetadata()
                .withNewRoleRef().withApiGroup("rbac.authorization.k8s.io").withKind("Role").withName("viewer").endRoleRef()
                .addNewSubject().withApiGroup("rbac.authorization.k8s.io").withKind("User").withName("alice").endSubject().build()).create();
    }
}
