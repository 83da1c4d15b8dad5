package io.rayhistory.application.read;

import io.rayhistory.domain.HistoryException.Kind;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

final class SessionLocatorTest extends CatalogFixture {

    private SessionContents open(String cluster, String session) {
        return located("ray", catalog("ray").resolve("ns", cluster, session, ""));
    }

    @Test
    void generationAIsRead() {
        put("ray/metadir/c_ns/" + S1, "");
        String base = "ray/c_ns/" + S1 + "/";
        put(base + "logs/n1/raylet.out", "12345");
        put(base + "logs/n1/events/event_GCS.log", "1");
        put(base + "node_events/n1-2026-11-22-19", "[]");
        put(base + "job_events/AQAAAA==/n1-2026-11-22-19", "[]");
        put(base + "job_events/ab/cd==/n1-2026-11-22-19", "[]");
        put(base + "job_events/n1-2026-11-22-19", "[]");
        put(base + "n1-2026-11-22-20", "[]");
        put("ray/c_ns/meta/" + S1 + "/restful__api__v0__cluster_metadata", "{}");
        SessionContents contents = open("c", S1);
        assertEquals("{n1:events/event_GCS.log=1, n1:raylet.out=5}", logs(contents).toString());
        assertEquals(List.of(base + "job_events/AQAAAA==/n1-2026-11-22-19", base + "job_events/ab/cd==/n1-2026-11-22-19",
                base + "job_events/n1-2026-11-22-19", base + "n1-2026-11-22-20", base + "node_events/n1-2026-11-22-19"), events(contents));
        assertEquals("ray/c_ns/meta/" + S1 + "/restful__api__v0__cluster_metadata",
                contents.endpoints().get("restful__api__v0__cluster_metadata").name());
    }

    @Test
    void generationBHasNewMarkersOverOldFolders() {
        put("ray/cluster-metadata/rayjob/ns_job_c/" + S1, "");
        String base = "ray/c_ns/" + S1 + "/";
        put(base + "logs/n1/raylet.out", "12345");
        put(base + "node_events/n1-2026-11-22-19.gz", "");
        put(base + "fetched_endpoints/restful__timezone", "{}");
        SessionContents contents = open("c", S1);
        assertEquals("{n1:raylet.out=5}", logs(contents).toString());
        assertEquals(List.of(base + "node_events/n1-2026-11-22-19.gz"), events(contents));
        assertEquals(1, contents.endpoints().size());
    }

    @Test
    void generationsCAndDAreRead() {
        put("ray/cluster-metadata/rayservice/ns_svc_c/" + S1, "");
        String base = "ray/cluster-history/rayservice/ns/svc/c/" + S1 + "/";
        put(base + "n1/logs/raylet.out", "12345");
        put(base + "n1/node_events/n1-2026-11-22-19.gz", "");
        put(base + "n1/job_events/01000000/n1-2026-11-22-19-1795376169296565158.jsonl", "");
        put(base + "head-node-x/logs/gcs_server.out", "1");
        put(base + "fetched_endpoints/restful__timezone", "{}");
        put(base + "n1/job_events/readme.txt", "");
        put(base + "n1/unknown/n1-2026-11-22-19.gz", "");
        SessionContents contents = open("c", S1);
        assertEquals("{head-node-x:gcs_server.out=1, n1:raylet.out=5}", logs(contents).toString());
        assertEquals(List.of(base + "n1/job_events/01000000/n1-2026-11-22-19-1795376169296565158.jsonl",
                base + "n1/node_events/n1-2026-11-22-19.gz"), events(contents));
        assertEquals(List.of("restful__timezone"), List.copyOf(contents.endpoints().keySet()));
    }

    @Test
    void aSessionSplitOverBothFamiliesIsReadWhole() {
        put("ray/metadir/c_ns/" + S1, "");
        put("ray/cluster-metadata/raycluster/ns_c/" + S1, "");
        String older = "ray/c_ns/" + S1 + "/";
        String newer = "ray/cluster-history/raycluster/ns/c/" + S1 + "/";
        put(older + "logs/n1/raylet.out", "short");
        put(newer + "n1/logs/raylet.out", "longer than that");
        put(older + "logs/n1/gcs_server.out", "longer than that");
        put(newer + "n1/logs/gcs_server.out", "short");
        put(older + "node_events/n1-2026-11-22-19", "[]");
        put(newer + "n1/node_events/n1-2026-11-22-19-1.jsonl", "");
        put(older + "fetched_endpoints/restful__timezone", "{}");
        SessionContents contents = open("c", S1);
        assertEquals("{n1:gcs_server.out=16, n1:raylet.out=16}", logs(contents).toString());
        assertEquals(List.of(newer + "n1/node_events/n1-2026-11-22-19-1.jsonl", older + "node_events/n1-2026-11-22-19"), events(contents));
        assertEquals(1, contents.endpoints().size());
    }

    @Test
    void aSessionSplitOverItsOwnersFolderAndThePlainOneIsReadWhole() {
        put("ray/cluster-metadata/rayjob/ns_job_c/" + S1, "");
        put("ray/cluster-history/rayjob/ns/job/c/" + S1 + "/head/logs/x", "x");
        put("ray/cluster-history/raycluster/ns/c/" + S1 + "/worker/logs/x", "x");
        put("ray/cluster-history/rayjob/ns/other/c/" + S1 + "/stranger/logs/x", "x");
        assertEquals("{head:x=1, worker:x=1}", logs(open("c", S1)).toString());
    }

    @Test
    void aSessionWithoutAMarkerIsRead() {
        put("ray/cluster-history/raycluster/ns/c/" + S1 + "/n1/logs/x", "x");
        assertEquals("{n1:x=1}", logs(open("c", S1)).toString());
    }

    @Test
    void foreignNamesAreReadFromWhereTheirMarkerSays() {
        put("ray/cluster-metadata/raycluster/team_a_c/" + S1, "");
        put("ray/cluster-history/raycluster/team_a/c/" + S1 + "/n1/logs/x", "x");
        List<SessionEntry> listed = catalog("ray").list().sessions();
        assertEquals(List.of("raycluster team/a_c/" + S1), listed.stream().map(CatalogFixture::told).toList());
        assertEquals("{n1:x=1}", logs(located("ray", listed.get(0))).toString());
        assertEquals("{n1:x=1}", logs(located("ray", catalog("ray").resolve("team", "a_c", S1, ""))).toString());
    }

    @Test
    void folderMarkersAndOtherSessionsAreNotRead() {
        put("ray/cluster-metadata/raycluster/ns_c/" + S1, "");
        String base = "ray/cluster-history/raycluster/ns/c/" + S1;
        put(base + "/n1/logs/x", "x");
        put(base + "0/n1/logs/y", "y");
        memory.plant(base + "/n1/logs/events/", new byte[0]);
        assertEquals("{n1:x=1}", logs(open("c", S1)).toString());
    }

    @Test
    void aMarkerAloneHasNoContents() {
        put("ray/cluster-metadata/raycluster/ns_c/" + S1, "");
        assertTrue(open("c", S1).isEmpty());
    }

    @Test
    void aListingThatBreaksFailsTheWholeSession() {
        put("ray/cluster-metadata/raycluster/ns_c/" + S1, "");
        for (int i = 0; i < 10; i++) {
            put("ray/cluster-history/raycluster/ns/c/" + S1 + "/n1/logs/" + i, "x");
        }
        SessionEntry entry = catalog("ray").resolve("ns", "c", S1, "");
        store.breakAfter = 5;
        fails(Kind.UNAVAILABLE, () -> located("ray", entry));
    }
}
