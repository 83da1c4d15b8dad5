package io.rayhistory.adapters.kubernetes;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.rayhistory.application.port.ClusterHead;
import io.rayhistory.application.port.HeadAuth;
import io.rayhistory.application.port.LiveCluster;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.id.ClusterRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** Which services of a real API server count as the one of a head. */
@Tag("kubernetes")
class CheckedServicesTest {
    private static final Map<String, String> HEAD = Map.of("ray.io/cluster", "c1", "ray.io/node-type", "head");

    @TempDir
    private static Path folder;
    private static ApiServer server;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-22T10:00:00Z"));

    @BeforeAll
    static void start() throws Exception {
        server = new ApiServer(folder);
        server.admin().resource(new NamespaceBuilder().withNewMetadata().withName("ray-a").endMetadata().build()).create();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** @return the address that the API server gave it */
    private static String service(String name, Map<String, String> labels, String type, String clusterIp) {
        return server.admin().resource(new ServiceBuilder().withNewMetadata().withNamespace("ray-a").withName(name).withLabels(labels).endMetadata()
                .withNewSpec().withType(type).withClusterIP(clusterIp).withExternalName(type.equals("ExternalName") ? "evil.example" : null)
                .addNewPort().withName("dashboard").withPort(8265).endPort().endSpec().build()).create().getSpec().getClusterIP();
    }

    private static LiveCluster cluster(String service) {
        return new LiveCluster(ClusterRef.plain("ray-a", "c1"), "test", "uid", Instant.EPOCH, false, LiveCluster.Suspension.NEVER,
                new ClusterHead(true, "pod", "10.0.0.1", service, 8265), HeadAuth.NONE, "");
    }

    private CheckedServices services(Connection connection) {
        return new CheckedServices(Map.of("test", connection), "cluster.local", name -> name.equals("headless.ray-a.svc.cluster.local.")
                ? List.of(InetAddress.getLoopbackAddress()) : List.of(), now::get);
    }

    private static Connection connection(String user) {
        return new Connection(new KubernetesSettings.ApiServer.Kubeconfig(server.kubeconfig(user), ""));
    }

    private static String refusal(CheckedServices services, String service, String address, HistoryException.Kind kind) {
        HistoryException refused = assertThrows(HistoryException.class, () -> services.check(cluster(service), address));
        assertEquals(kind, refused.kind(), refused.getMessage());
        return refused.getMessage();
    }

    @Test
    void onlyTheHeadsOwnServiceWithThatAddressCounts() {
        String own = service("own", HEAD, "ClusterIP", null);
        service("unlabelled", Map.of(), "ClusterIP", null);
        service("others", Map.of("ray.io/cluster", "c2", "ray.io/node-type", "head"), "ClusterIP", null);
        service("workers", Map.of("ray.io/cluster", "c1", "ray.io/node-type", "worker"), "ClusterIP", null);
        service("leads-out", HEAD, "ExternalName", null);
        service("headless", HEAD, "ClusterIP", "None");
        service("nowhere", HEAD, "ClusterIP", "None");
        try (Connection connection = connection("admin")) {
            CheckedServices services = services(connection);
            assertDoesNotThrow(() -> services.check(cluster("own"), own));
            assertDoesNotThrow(() -> services.check(cluster("own"), ""), "its name alone");
            assertDoesNotThrow(() -> services.check(cluster("headless"), "127.0.0.1"));
            HistoryException.Kind invalid = HistoryException.Kind.INVALID;
            assertTrue(refusal(services, "own", "10.0.0.254", invalid).contains("does not have the address 10.0.0.254"));
            assertTrue(refusal(services, "headless", "127.0.0.2", invalid).contains("does not have the address 127.0.0.2"));
            assertTrue(refusal(services, "nowhere", "127.0.0.1", invalid).contains("nowhere.ray-a.svc.cluster.local."));
            for (String foreign : List.of("unlabelled", "others", "workers")) {
                assertTrue(refusal(services, foreign, "", invalid).contains("is not labelled"), foreign);
            }
            assertTrue(refusal(services, "leads-out", "", invalid).contains("leads out of the cluster"));
            assertTrue(refusal(services, "missing", "", invalid).contains("does not exist"));
            assertTrue(refusal(services, "", "", invalid).contains("names no service"));
        }
    }

    @Test
    void aYesCountsForAMinuteAndWhoMayNotAskSaysSo() {
        String address = service("short-lived", HEAD, "ClusterIP", null);
        try (Connection connection = connection("admin"); Connection alice = connection("alice")) {
            CheckedServices services = services(connection);
            services.check(cluster("short-lived"), address);
            server.admin().services().inNamespace("ray-a").withName("short-lived").delete();
            now.updateAndGet(time -> time.plusSeconds(59));
            assertDoesNotThrow(() -> services.check(cluster("short-lived"), address));
            now.updateAndGet(time -> time.plusSeconds(1));
            assertTrue(refusal(services, "short-lived", address, HistoryException.Kind.INVALID).contains("does not exist"));
            String may = refusal(services(alice), "own", address, HistoryException.Kind.UNAVAILABLE);
            assertTrue(may.contains("cannot be verified") && may.contains("alice"), may);
        }
    }
}
