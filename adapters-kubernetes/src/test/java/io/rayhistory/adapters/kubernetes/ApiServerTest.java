package io.rayhistory.adapters.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rayhistory.application.port.LiveCluster;
import io.rayhistory.application.port.LiveClusters;
import io.rayhistory.application.port.Sighting;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The watch against a real API server: what it sees, and what it says when the server is away. */
@Tag("kubernetes")
class ApiServerTest {
    private static final int PATIENCE_SECONDS = 90;

    @TempDir
    private static Path folder;
    private static ApiServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new ApiServer(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static KubernetesAccess watch(Set<String> namespaces, Path... kubeconfigs) {
        KubernetesAccess access = KubernetesAccess.start(KubernetesSettings.find(List.of(kubeconfigs), List.of(), namespaces, "", "",
                KubernetesSettings.SERVICE_ACCOUNT).orElseThrow(), InstantSource.system());
        access.awaitList(Duration.ofSeconds(PATIENCE_SECONDS));
        return access;
    }

    private static void await(LiveClusters clusters, String namespace, String name, Predicate<Sighting> expected) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(PATIENCE_SECONDS).toNanos();
        while (!expected.test(clusters.find(namespace, name))) {
            assertTrue(System.nanoTime() < end, () -> namespace + "/" + name + " is still " + clusters.find(namespace, name));
            Thread.sleep(10);
        }
    }

    private static Predicate<Sighting> present(Predicate<LiveCluster> such) {
        return sighting -> sighting instanceof Sighting.Present here && such.test(here.clusters().get(0));
    }

    @Test
    void clustersComeChangeAndGo() throws InterruptedException {
        RayClusters rays = new RayClusters(server.admin(), "ray-a");
        try (KubernetesAccess access = watch(Set.of(), server.kubeconfig("admin"))) {
            LiveClusters clusters = access.clusters();
            assertTrue(clusters.find("ray-a", "c1") instanceof Sighting.Absent);
            rays.create("c1", Map.of("rayVersion", "2.60.0"));
            await(clusters, "ray-a", "c1", present(cluster -> cluster.rayVersion().equals("2.60.0") && cluster.head().gone()));
            rays.head("c1", "c1-head-1", "10.1.2.3");
            await(clusters, "ray-a", "c1", present(cluster -> cluster.head().address().equals("10.1.2.3") && cluster.head().ready()));
            rays.suspended("c1");
            await(clusters, "ray-a", "c1", present(cluster -> cluster.suspension().phase() == LiveCluster.Suspension.Phase.SUSPENDED));
            String uid = ((Sighting.Present) clusters.find("ray-a", "c1")).clusters().get(0).uid();
            rays.delete("c1");
            await(clusters, "ray-a", "c1", Sighting.Absent.class::isInstance);
            rays.create("c1", Map.of());
            await(clusters, "ray-a", "c1", present(cluster -> !cluster.uid().equals(uid)));
            rays.delete("c1");
        }
    }

    @Test
    void theClusterThatServesARayServiceIsKnownWhereThatIsWatched() throws InterruptedException {
        RayClusters rays = new RayClusters(server.admin(), "ray-s");
        rays.serves("llm", "llm-abcde");
        KubernetesSettings settings = KubernetesSettings.find(List.of(server.kubeconfig("admin")), List.of(), Set.of(), "", "",
                KubernetesSettings.SERVICE_ACCOUNT).orElseThrow();
        try (KubernetesAccess access = KubernetesAccess.start(settings.withOwners(), InstantSource.system());
                KubernetesAccess without = KubernetesAccess.start(settings, InstantSource.system())) {
            awaitServing(access.clusters(), "llm-abcde");
            rays.serves("llm", "llm-fghij");
            awaitServing(access.clusters(), "llm-fghij");
            assertEquals("", access.clusters().activeCluster("ray-s", "other"));
            without.awaitList(Duration.ofSeconds(PATIENCE_SECONDS));
            assertEquals("", without.clusters().activeCluster("ray-s", "llm"));
        }
    }

    private static void awaitServing(LiveClusters clusters, String expected) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(PATIENCE_SECONDS).toNanos();
        while (!clusters.activeCluster("ray-s", "llm").equals(expected)) {
            assertTrue(System.nanoTime() < end);
            Thread.sleep(10);
        }
    }

    @Test
    void onlyTheNamedNamespacesAreWatched() throws InterruptedException {
        new RayClusters(server.admin(), "ray-b").create("c2", Map.of());
        new RayClusters(server.admin(), "ray-c").create("c3", Map.of());
        try (KubernetesAccess access = watch(Set.of("ray-b"), server.kubeconfig("admin"))) {
            await(access.clusters(), "ray-b", "c2", Sighting.Present.class::isInstance);
            assertTrue(access.clusters().find("ray-c", "c3") instanceof Sighting.NotWatched);
            assertEquals(1, access.clusters().list().clusters().size());
        }
    }

    @Test
    void oneWhoMayNotListKnowsNothingAndSaysWhy() throws InterruptedException {
        try (KubernetesAccess access = watch(Set.of(), server.kubeconfig("alice"))) {
            await(access.clusters(), "ray-a", "c1", sighting -> sighting instanceof Sighting.Unavailable away
                    && away.reason().startsWith("may not list rayclusters") && !away.wasAbsent());
            assertEquals(LiveClusters.Health.Status.STALE, access.clusters().health().status());
            assertFalse(access.clusters().list().complete());
        }
    }

    @Test
    void whatHappensWhileTheServerIsAwayIsSeenAfterwards() throws Exception {
        RayClusters rays = new RayClusters(server.admin(), "ray-d");
        rays.create("stays", Map.of());
        rays.create("goes", Map.of());
        try (KubernetesAccess access = watch(Set.of(), server.kubeconfig("admin"))) {
            LiveClusters clusters = access.clusters();
            await(clusters, "ray-d", "goes", Sighting.Present.class::isInstance);
            server.kill();
            await(clusters, "ray-d", "stays", sighting -> sighting instanceof Sighting.Unavailable away && away.lastKnown().size() == 1);
            assertTrue(((Sighting.Unavailable) clusters.find("ray-d", "never")).wasAbsent());
            server.restart();
            rays.delete("goes");
            await(clusters, "ray-d", "goes", Sighting.Absent.class::isInstance);
            await(clusters, "ray-d", "stays", Sighting.Present.class::isInstance);
        }
    }

    @Test
    void aServerThatHangsIsNoticedAndForgiven() throws Exception {
        RayClusters rays = new RayClusters(server.admin(), "ray-e");
        rays.create("c1", Map.of());
        try (KubernetesAccess access = watch(Set.of(), server.kubeconfig("admin"))) {
            await(access.clusters(), "ray-e", "c1", Sighting.Present.class::isInstance);
            server.hang(true);
            await(access.clusters(), "ray-e", "c1", Sighting.Unavailable.class::isInstance);
            server.hang(false);
            await(access.clusters(), "ray-e", "c1", Sighting.Present.class::isInstance);
        } finally {
            server.hang(false);
        }
    }
}
