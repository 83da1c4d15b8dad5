package io.rayhistory.domain.layout;

import io.rayhistory.domain.id.ClusterRef;
import io.rayhistory.domain.id.OwnerKind;
import io.rayhistory.domain.id.SessionKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

final class SessionMarkerTest {
    private static final String SESSION = "session_2026-11-22_19-32-05_016858_13672";

    private static SessionMarker.Sound newer(String below) {
        return assertInstanceOf(SessionMarker.Sound.class, StorageLayout.clusterHistory("").readMarker("cluster-metadata/" + below));
    }

    private static SessionMarker.Sound older(String below) {
        return assertInstanceOf(SessionMarker.Sound.class, StorageLayout.metadir("").readMarker("metadir/" + below));
    }

    private static String damage(StorageLayout layout, String below) {
        SessionMarker marker = layout.readMarker(layout.markers() + below);
        assertEquals(layout.markers() + below, marker.objectName());
        return assertInstanceOf(SessionMarker.Damaged.class, marker).reason();
    }

    @Test
    void markersRoundTrip() {
        for (String root : List.of("", "ray/", "a/b/")) {
            for (String name : List.of("demo", "my-cluster", "my.cluster.1", "a")) {
                for (ClusterRef cluster : List.of(ClusterRef.plain("ns-1", name),
                        new ClusterRef("ns-1", name, OwnerKind.RAYJOB, "job." + name),
                        new ClusterRef("ns-1", name, OwnerKind.RAYSERVICE, "svc-" + name))) {
                    SessionKey key = new SessionKey(cluster, SESSION);
                    StorageLayout layout = StorageLayout.clusterHistory(root);
                    SessionMarker.Sound read = assertInstanceOf(SessionMarker.Sound.class, layout.readMarker(layout.marker(key)));
                    assertEquals(key, read.session());
                    assertEquals(layout.folders(key).get(0), read.folders().get(0));
                    StorageLayout old = StorageLayout.metadir(root);
                    SessionMarker.Sound oldRead = assertInstanceOf(SessionMarker.Sound.class, old.readMarker(old.marker(key)));
                    assertEquals(new SessionKey(ClusterRef.plain("ns-1", name), SESSION), oldRead.session());
                    assertEquals(old.folders(key), oldRead.folders());
                }
            }
        }
    }

    @Test
    void theTwoFamiliesJoinNamesTheOtherWayRound() {
        SessionKey key = new SessionKey(ClusterRef.plain("ns", "cluster"), SESSION);
        assertEquals("ray/cluster-metadata/raycluster/ns_cluster/" + SESSION, StorageLayout.clusterHistory("ray/").marker(key));
        assertEquals("ray/metadir/cluster_ns/" + SESSION, StorageLayout.metadir("ray/").marker(key));
        SessionKey owned = new SessionKey(new ClusterRef("ns", "cluster", OwnerKind.RAYJOB, "job"), SESSION);
        assertEquals("cluster-metadata/rayjob/ns_job_cluster/" + SESSION, StorageLayout.clusterHistory("").marker(owned));
    }

    @ParameterizedTest
    @CsvSource({"raycluster/ns_c,2 segments", "raycluster/ns_c/s/x,4 segments", "rayapp/ns_c/s,unknown kind 'rayapp'",
            "raycluster/nsc/s,not {namespace}_{cluster}", "raycluster/_c/s,not {namespace}_{cluster}", "raycluster/ns_/s,not {namespace}_{cluster}",
            "rayjob/ns_c/s,not {namespace}_{owner}_{cluster}", "rayservice/ns__c/s,not {namespace}_{owner}_{cluster}",
            "raycluster/ns_c/s p,no session name", "raycluster/ns_c/.,no session name"})
    void damagedMarkersSayWhatIsWrong(String below, String reason) {
        String told = damage(StorageLayout.clusterHistory("ray/"), below);
        assertTrue(told.contains(reason), told);
    }

    @ParameterizedTest
    @CsvSource({"c_ns,one segment", "cns/s,not {cluster}_{namespace}", "_ns/s,not {cluster}_{namespace}", "c_/s,not {cluster}_{namespace}",
            "c_ns/ü,no session name"})
    void damagedOldMarkersSayWhatIsWrong(String below, String reason) {
        String told = damage(StorageLayout.metadir("ray/"), below);
        assertTrue(told.contains(reason), told);
    }

    @Test
    void aKindInMixedCaseKeepsTheFolderItsWriterUsed() {
        SessionMarker.Sound read = newer("RayJob/ns_job_c/s1");
        assertEquals(OwnerKind.RAYJOB, read.session().cluster().ownerKind());
        assertEquals(List.of("cluster-history/RayJob/ns/job/c/s1/", "cluster-history/rayjob/ns/job/c/s1/"), read.folders());
    }

    @Test
    void foreignNamesWithUnderscoresAreLookedForInEveryReading() {
        SessionMarker.Sound plain = newer("raycluster/a_b_c/s1");
        assertEquals(ClusterRef.plain("a", "b_c"), plain.session().cluster());
        assertEquals(List.of("cluster-history/raycluster/a/b_c/s1/", "cluster-history/raycluster/a_b/c/s1/"), plain.folders());
        SessionMarker.Sound owned = newer("rayjob/a_b_c_d/s1");
        assertEquals(new ClusterRef("a", "d", OwnerKind.RAYJOB, "b_c"), owned.session().cluster());
        assertEquals(List.of("cluster-history/rayjob/a/b_c/d/s1/", "cluster-history/rayjob/a/b/c_d/s1/",
                "cluster-history/rayjob/a_b/c/d/s1/"), owned.folders());
        assertTrue(newer("rayjob/" + "x_".repeat(200) + "x/s1").folders().size() <= 16);
    }

    @Test
    void anOldFolderIsSplitAtItsLastUnderscoreAndReadAsItIs() {
        SessionMarker.Sound read = older("My_Cluster_free id/s1");
        assertEquals(ClusterRef.plain("free id", "My_Cluster"), read.session().cluster());
        assertEquals(List.of("My_Cluster_free id/s1/"), read.folders());
        assertEquals("s1", older("c_ns/s1/more").session().session());
    }
}
