package io.rayhistory.application.read;

import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.HistoryException.Kind;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

final class SessionListingTest extends CatalogFixture {

    @Test
    void anEmptyStoreHasNoSessions() {
        assertEquals(new SessionCatalog.Listing(List.of(), List.of()), catalog("ray").list());
    }

    @Test
    void markersOfBothFamiliesAreListedNewestFirst() {
        put("ray/metadir/b_ns/" + S1, "");
        put("ray/metadir/a_ns/" + S1, "");
        put("ray/cluster-metadata/raycluster/ns_c/" + S2, "");
        put("ray/cluster-metadata/rayjob/ns_job_d/session_2026-11-22_19-32-05_016859_1", "");
        put("ray/cluster-metadata/rayservice/ans_svc_e/my-session", "");
        SessionCatalog.Listing listing = catalog("ray").list();
        assertEquals(List.of("raycluster ns/c/" + S2, "rayjob job ns/d/session_2026-11-22_19-32-05_016859_1", "raycluster ns/a/" + S1,
                "raycluster ns/b/" + S1, "rayservice svc ans/e/my-session"), told(listing));
        assertEquals(Optional.of(Instant.parse("2026-11-23T08:00:00.000001Z")), listing.sessions().get(0).start());
        assertEquals(Optional.empty(), listing.sessions().get(4).start());
    }

    @Test
    void oneSessionInBothFamiliesIsOneWithTheNewerMarkersOwner() {
        put("metadir/c_ns/" + S1, "");
        put("cluster-metadata/rayjob/ns_job_c/" + S1, "");
        put("metadir/c_ns/" + S2, "");
        put("cluster-metadata/raycluster/ns_c/" + S2, "");
        assertEquals(List.of("raycluster ns/c/" + S2, "rayjob job ns/c/" + S1), told(catalog("").list()));
    }

    @Test
    void anOwnerThatOnlySomeCollectorsKnewMakesNoSecondSession() {
        put("cluster-metadata/rayservice/ns_svc_c/" + S1, "");
        put("cluster-metadata/raycluster/ns_c/" + S1, "");
        put("cluster-history/raycluster/ns/c/" + S2 + "/n1/logs/x", "");
        put("cluster-metadata/rayservice/ns_svc_c/" + S2, "");
        assertEquals(List.of("rayservice svc ns/c/" + S2, "rayservice svc ns/c/" + S1), told(catalog("").list()));
    }

    @Test
    void sessionsOfTwoOwnersStayTwo() {
        put("cluster-metadata/rayjob/ns_one_c/" + S1, "");
        put("cluster-metadata/rayjob/ns_two_c/" + S1, "");
        assertEquals(List.of("rayjob one ns/c/" + S1, "rayjob two ns/c/" + S1), told(catalog("").list()));
    }

    @Test
    void damagedMarkersAreToldAndTheOthersListed() {
        put("ray/cluster-metadata/raycluster/two-segments", "");
        put("ray/cluster-metadata/raycluster/ns_c/" + S1, "");
        put("ray/cluster-metadata/raycluster/ns_c/" + S1 + "/four", "");
        put("ray/cluster-metadata/rayapp/ns_c/" + S1, "");
        put("ray/metadir/no-underscore/" + S1, "");
        memory.plant("ray/cluster-metadata/raycluster/", new byte[0]);
        memory.plant("ray/cluster-metadata/raycluster/ns_c/folder/", new byte[0]);
        SessionCatalog.Listing listing = catalog("ray").list();
        assertEquals(List.of("raycluster ns/c/" + S1), told(listing));
        assertEquals(List.of("ray/cluster-metadata/rayapp/ns_c/" + S1, "ray/cluster-metadata/raycluster/ns_c/" + S1 + "/four",
                        "ray/cluster-metadata/raycluster/two-segments", "ray/metadir/no-underscore/" + S1),
                listing.damaged().stream().map(SessionCatalog.DamagedEntry::objectName).toList());
        listing.damaged().forEach(entry -> assertTrue(entry.reason().length() > 10, entry.toString()));
    }

    @Test
    void aListingThatBreaksHalfWayFailsAsAWhole() {
        for (int i = 0; i < 20; i++) {
            put("cluster-metadata/raycluster/ns_c/s" + i, "");
        }
        store.breakAfter = 12;
        HistoryException failure = assertThrows(HistoryException.class, () -> catalog("").list());
        assertEquals(Kind.UNAVAILABLE, failure.kind());
        store.breakAfter = Integer.MAX_VALUE;
        assertEquals(20, catalog("").list().sessions().size());
    }

    @Test
    void aRootWithALeadingSlashIsReadBothWays() {
        memory.plant("/ray/metadir/c_ns/" + S1, new byte[0]);
        memory.plant("/ray/c_ns/" + S1 + "/logs/n1/x", new byte[7]);
        put("ray/cluster-metadata/raycluster/ns_c/" + S1, "");
        put("ray/cluster-history/raycluster/ns/c/" + S1 + "/n1/logs/y", "y");
        SessionCatalog.Listing listing = catalog("/ray").list();
        assertEquals(List.of("raycluster ns/c/" + S1), told(listing));
        assertEquals("{n1:x=7, n1:y=1}", logs(located("/ray", listing.sessions().get(0))).toString());
        assertEquals("{n1:y=1}", logs(located("ray", listing.sessions().get(0))).toString());
        assertEquals("raycluster ns/c/" + S1, told(catalog("/ray").resolve("ns", "c", S1, "")));
        memory.plant("/metadir/d_ns/" + S2, new byte[0]);
        assertEquals(List.of("raycluster ns/d/" + S2), told(catalog("/").list()));
    }

    @Test
    void dataWithoutAMarkerIsFoundByWalking() {
        put("ray/cluster-history/raycluster/ns/c/" + S1 + "/n1/logs/raylet.out", "x");
        put("ray/cluster-history/rayjob/ns/job/d/" + S2 + "/n1/node_events/n1-2026-11-23-08.gz", "x");
        put("ray/cluster-history/raycluster/ns/d/" + S2 + "/n2/logs/raylet.out", "x");
        put("ray/e_ns/session_2026-01-01_00-00-00_000000_1/logs/n1/x", "x");
        put("ray/e_ns/meta/session_x/restful__api__v0__cluster_metadata", "x");
        put("ray/other_folder/things/x", "x");
        put("ray/cluster-history/raycluster/ns/c/known/n1/logs/x", "x");
        put("ray/cluster-metadata/raycluster/ns_c/known", "");
        assertEquals(List.of("rayjob job ns/d/" + S2 + " unmarked", "raycluster ns/c/" + S1 + " unmarked",
                "raycluster ns/e/session_2026-01-01_00-00-00_000000_1 unmarked", "raycluster ns/c/known"), told(catalog("ray").list()));
    }

    @Test
    void theWalkIsRepeatedAfterItsIntervalOnly() {
        StoreCatalog catalog = catalog("");
        put("cluster-history/raycluster/ns/c/one/n1/logs/x", "x");
        assertEquals(1, catalog.list().sessions().size());
        put("cluster-history/raycluster/ns/c/two/n1/logs/x", "x");
        int before = store.listings;
        assertEquals(1, catalog.list().sessions().size());
        assertEquals(2, store.listings - before, "one listing for each family's markers");
        assertEquals("raycluster ns/c/two unmarked", told(catalog.resolve("ns", "c", "two", "")), "its link needs no walk");
        now = now.plus(Duration.ofMinutes(10));
        assertEquals(2, catalog.list().sessions().size());
    }

    @Test
    void aWalkThatFailsFailsTheListingAndIsNotRemembered() {
        put("cluster-history/raycluster/ns/c/one/n1/logs/x", "x");
        StoreCatalog catalog = catalog("");
        store.breakAfter = 0;
        fails(Kind.UNAVAILABLE, catalog::list);
        store.breakAfter = Integer.MAX_VALUE;
        assertEquals(1, catalog.list().sessions().size());
    }

    @Test
    void walkingCanBeTurnedOff() {
        put("cluster-history/raycluster/ns/c/one/n1/logs/x", "x");
        assertEquals(List.of(), new StoreCatalog(store, "", Duration.ZERO, () -> now).list().sessions());
        assertEquals(2, store.listings);
    }

    @Test
    void theCatalogSaysWhereItLooks() {
        assertEquals("memory below 'a/b/'", catalog(" a//b ").describe());
        assertEquals("memory", catalog("").describe());
        fails(Kind.INVALID, () -> catalog("../x"));
    }
}
