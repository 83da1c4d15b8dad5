package io.rayhistory.domain.layout;

import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.id.ClusterRef;
import io.rayhistory.domain.id.OwnerKind;
import io.rayhistory.domain.id.SessionKey;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

final class StorageLayoutTest {
    private static final SessionKey PLAIN = new SessionKey(ClusterRef.plain("ns", "c"), "session_x");
    private static final SessionKey OWNED = new SessionKey(new ClusterRef("ns", "c", OwnerKind.RAYJOB, "job"), "session_x");
    private static final Instant OPENED = Instant.parse("2026-11-22T23:59:59.123456789Z");
    private final StorageLayout newer = StorageLayout.clusterHistory("ray/");
    private final StorageLayout older = StorageLayout.metadir("ray/");

    @Test
    void dataLiesBelowItsOwnerAndMayLieBeside() {
        assertEquals(List.of("ray/cluster-history/raycluster/ns/c/session_x/"), newer.folders(PLAIN));
        assertEquals(List.of("ray/cluster-history/rayjob/ns/job/c/session_x/", "ray/cluster-history/raycluster/ns/c/session_x/"),
                newer.folders(OWNED));
        assertEquals(List.of("ray/c_ns/session_x/"), older.folders(OWNED));
    }

    @Test
    void logsPutTheNodeBeforeOrBehind() {
        assertEquals("ray/cluster-history/rayjob/ns/job/c/session_x/n1/logs/events/event_GCS.log",
                newer.logFile(OWNED, "n1", "events/event_GCS.log"));
        assertEquals("ray/c_ns/session_x/logs/n1/events/event_GCS.log", older.logFile(OWNED, "n1", "events/event_GCS.log"));
        assertEquals("ray/c_ns/session_x/logs/n1/a%5Cb%2E", older.logFile(PLAIN, "n1", "a\\b."));
    }

    @Test
    void eventFilesOfTodayCarryHourAndNanos() {
        String base = "ray/cluster-history/raycluster/ns/c/session_x/n1/";
        assertEquals(base + "node_events/n1-2026-11-22-23-1795391999123456789.jsonl",
                newer.eventFile(EventStream.of(PLAIN, "n1", "NODE_LIFECYCLE_EVENT", "AQAAAA=="), OPENED, false));
        assertEquals(base + "job_events/01000000/n1-2026-11-22-23-1795391999123456789.jsonl.gz",
                newer.eventFile(EventStream.of(PLAIN, "n1", "TASK_LIFECYCLE_EVENT", "AQAAAA=="), OPENED, true));
    }

    @Test
    void eventFilesOfGenerationAAreOnePerHourInTheJobsFolderAsSent() {
        assertEquals("ray/c_ns/session_x/node_events/n1-2026-11-22-23",
                older.eventFile(EventStream.of(PLAIN, "n1", "ACTOR_LIFECYCLE_EVENT", ""), OPENED, true));
        assertEquals("ray/c_ns/session_x/job_events/AQAAAA==/n1-2026-11-22-23",
                older.eventFile(EventStream.of(PLAIN, "n1", "TASK_LIFECYCLE_EVENT", "AQAAAA=="), OPENED, true));
    }

    @Test
    void endpointsLieInTheFirstFolder() {
        String key = EndpointKey.of("/api/v0/placement_groups?detail=1&limit=10000");
        assertEquals("ray/cluster-history/rayjob/ns/job/c/session_x/fetched_endpoints/restful__api__v0__placement_groups?detail=1&limit=10000",
                newer.endpoint(OWNED, key));
        assertEquals("ray/c_ns/session_x/fetched_endpoints/restful__timezone", older.endpoint(OWNED, EndpointKey.of("/timezone")));
    }

    @Test
    void whatIsWrittenIsNeverTooLong() {
        String written = newer.endpoint(PLAIN, EndpointKey.of("/api?" + "x=1&".repeat(1_000)));
        assertEquals(1000, written.length());
        assertEquals(1000, newer.logFile(PLAIN, "n1", "old/" + "l".repeat(2_000)).length());
        assertEquals(written, ObjectName.requireWritable(written));
    }

    @Test
    void unsafeNamesAreNotWritten() {
        for (String bad : List.of("", "..", "a/b", "a\\b", "a\nb")) {
            SessionKey cluster = new SessionKey(ClusterRef.plain("ns", bad), "s");
            SessionKey session = new SessionKey(ClusterRef.plain("ns", "c"), bad);
            for (StorageLayout layout : List.of(newer, older)) {
                assertThrows(HistoryException.class, () -> layout.marker(cluster));
                assertThrows(HistoryException.class, () -> layout.marker(session));
                assertThrows(HistoryException.class, () -> layout.logFile(session, "n1", "x"));
                assertThrows(HistoryException.class, () -> layout.logFile(cluster, "n1", "x"));
                assertThrows(HistoryException.class, () -> layout.logFile(PLAIN, bad, "x"));
                assertThrows(HistoryException.class, () -> layout.eventFile(new EventStream(PLAIN, bad, ""), OPENED, false));
            }
        }
        HistoryException reserved = assertThrows(HistoryException.class, () -> newer.logFile(PLAIN, "logs", "x"));
        assertTrue(reserved.getMessage().contains("reserved"), reserved.getMessage());
    }

    @Test
    void whatIsWrittenIsRecognised() {
        for (StorageLayout layout : List.of(newer, older)) {
            String folder = layout.folders(PLAIN).get(0);
            String events = layout.eventFile(new EventStream(PLAIN, "n1", "AQAAAA=="), OPENED, false);
            assertEquals(SessionObject.Kind.EVENTS, SessionObject.read(events.substring(folder.length())).orElseThrow().kind());
            assertEquals("n1", EventFileName.nodeOf(events));
            assertEquals(new SessionObject(SessionObject.Kind.LOG, "n1", "old/x.out"),
                    SessionObject.read(layout.logFile(PLAIN, "n1", "old/x.out").substring(folder.length())).orElseThrow());
            assertEquals(new SessionObject(SessionObject.Kind.ENDPOINT, "", "restful__timezone"),
                    SessionObject.read(layout.endpoint(PLAIN, "restful__timezone").substring(folder.length())).orElseThrow());
        }
    }
}
