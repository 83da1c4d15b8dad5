package io.rayhistory.application.read;

import io.rayhistory.domain.HistoryException.Kind;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What a link with its names, or with {@code latest}, leads to. */
final class SessionLinkTest extends CatalogFixture {

    private String link(String cluster, String session, String owner) {
        return told(catalog("ray").resolve("ns", cluster, session, owner));
    }

    @Test
    void aLinkNamesASessionOfEitherFamily() {
        put("ray/metadir/a_ns/" + S1, "");
        put("ray/cluster-metadata/raycluster/ns_b/" + S1, "");
        put("ray/cluster-metadata/rayjob/ns_job_c/" + S1, "");
        assertEquals("raycluster ns/a/" + S1, link("a", S1, ""));
        assertEquals("raycluster ns/b/" + S1, link("b", S1, ""));
        assertEquals("rayjob job ns/c/" + S1, link("c", S1, ""));
        assertEquals("rayjob job ns/c/" + S1, link("c", S1, "rayjob/job"));
        assertEquals("raycluster ns/a/" + S1, link("a", S1, "raycluster"));
    }

    @Test
    void latestIsTheNewestOfThatCluster() {
        put("ray/metadir/a_ns/" + S1, "");
        put("ray/cluster-metadata/raycluster/ns_a/" + S2, "");
        put("ray/cluster-metadata/raycluster/ns_a/without-a-time", "");
        put("ray/cluster-metadata/raycluster/ns_b/session_2027-01-01_00-00-00", "");
        assertEquals("raycluster ns/a/" + S2, link("a", "latest", ""));
        put("ray/cluster-history/raycluster/ns/a/session_2026-11-24_00-00-00/n1/logs/x", "");
        assertEquals("raycluster ns/a/session_2026-11-24_00-00-00 unmarked", link("a", "latest", ""));
        fails(Kind.MISSING, () -> link("none", "latest", ""));
    }

    @Test
    void latestIsAskedAnewAfterAWhile() {
        StoreCatalog catalog = catalog("ray");
        put("ray/metadir/a_ns/" + S1, "");
        assertEquals(S1, catalog.resolve("ns", "a", "latest", "").key().session());
        put("ray/metadir/a_ns/" + S2, "");
        assertEquals(S1, catalog.resolve("ns", "a", "latest", "").key().session());
        now = now.plus(Duration.ofSeconds(5));
        assertEquals(S2, catalog.resolve("ns", "a", "latest", "").key().session());
    }

    @Test
    void aLinkIsRememberedAndAMissingOneIsNot() {
        StoreCatalog catalog = catalog("ray");
        fails(Kind.MISSING, () -> catalog.resolve("ns", "a", S1, ""));
        put("ray/cluster-metadata/raycluster/ns_a/" + S1, "");
        catalog.resolve("ns", "a", S1, "");
        int before = store.listings;
        catalog.resolve("ns", "a", S1, "");
        assertEquals(before, store.listings);
        store.delete("ray/cluster-metadata/raycluster/ns_a/" + S1);
        now = now.plus(Duration.ofMinutes(1));
        fails(Kind.MISSING, () -> catalog.resolve("ns", "a", S1, ""));
    }

    @Test
    void ownersTellEqualNamesApart() {
        put("ray/cluster-metadata/rayjob/ns_one_c/" + S1, "");
        put("ray/cluster-metadata/rayservice/ns_two_c/" + S1, "");
        put("ray/cluster-history/rayjob/ns/three/c/" + S1 + "/n1/logs/x", "");
        assertEquals("rayjob one ns/c/" + S1, link("c", S1, "rayjob/one"));
        assertEquals("rayservice two ns/c/" + S1, link("c", S1, "rayservice/two"));
        assertEquals("rayjob three ns/c/" + S1 + " unmarked", link("c", S1, "rayjob/three"));
        assertTrue(List.of("rayjob one ns/c/" + S1, "rayservice two ns/c/" + S1).contains(link("c", S1, "")));
        assertEquals("rayservice two ns/c/" + S1, link("c", "latest", "rayservice/two"));
        fails(Kind.MISSING, () -> link("c", S1, "rayjob/two"));
        fails(Kind.MISSING, () -> link("c", S1, "raycluster"));
    }

    @Test
    void dataWithoutAMarkerOpensByItsLink() {
        put("ray/cluster-history/rayjob/ns/job/c/" + S1 + "/n1/logs/x", "");
        put("ray/a_ns/" + S1 + "/logs/n1/x", "");
        assertEquals("rayjob job ns/c/" + S1 + " unmarked", link("c", S1, ""));
        assertEquals("rayjob job ns/c/" + S1 + " unmarked", link("c", S1, "rayjob/job"));
        assertEquals("raycluster ns/a/" + S1 + " unmarked", link("a", S1, ""));
        fails(Kind.MISSING, () -> link("a", S2, ""));
    }

    @Test
    void anotherClusterWhoseNameEndsAlikeIsNotMeant() {
        put("ray/cluster-metadata/rayjob/ns_job_my-c/" + S1, "");
        put("ray/cluster-metadata/raycluster/ns_c/" + S1 + "1", "");
        put("ray/cluster-history/raycluster/ns/c/" + S1 + "2/n1/logs/x", "");
        fails(Kind.MISSING, () -> link("c", S1, ""));
        fails(Kind.MISSING, () -> link("job_my-c", S1, ""));
    }

    @Test
    void oddMarkersAreFoundToo() {
        put("ray/cluster-metadata/RayJob/ns_job_c/" + S1, "");
        put("ray/cluster-history/RayJob/ns/job/c/" + S1 + "/n1/logs/x", "xyz");
        put("ray/metadir/under_score_ns/" + S1, "");
        SessionEntry entry = catalog("ray").resolve("ns", "c", S1, "");
        assertEquals("rayjob job ns/c/" + S1, told(entry));
        assertEquals("{n1:x=3}", logs(located("ray", entry)).toString());
        assertEquals("raycluster ns/under_score/" + S1, link("under_score", S1, ""));
    }

    @Test
    void namesThatAreNoSegmentAreRefused() {
        StoreCatalog catalog = catalog("ray");
        for (String bad : List.of("", ".", "..", "a/b", "a\\b", "a\nb")) {
            fails(Kind.INVALID, () -> catalog.resolve(bad, "c", S1, ""));
            fails(Kind.INVALID, () -> catalog.resolve("ns", bad, S1, ""));
            fails(Kind.INVALID, () -> catalog.resolve("ns", "c", bad, ""));
            fails(Kind.INVALID, () -> catalog.resolve("ns", "c", S1, "rayjob/" + bad));
        }
        fails(Kind.INVALID, () -> catalog.resolve("ns", "c", "with blank", ""));
        for (String owner : List.of("rayjob", "raycluster/x", "RayJob/x", "job", "/")) {
            fails(Kind.INVALID, () -> catalog.resolve("ns", "c", S1, owner));
        }
    }

    @Test
    void anOutageIsNotAMissingSession() {
        store.breakAfter = 0;
        fails(Kind.UNAVAILABLE, () -> catalog("ray").resolve("ns", "c", S1, ""));
        fails(Kind.UNAVAILABLE, () -> catalog("ray").resolve("ns", "c", "latest", ""));
    }
}
