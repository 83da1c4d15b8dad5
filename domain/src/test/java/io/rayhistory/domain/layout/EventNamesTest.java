package io.rayhistory.domain.layout;

import io.rayhistory.domain.id.ClusterRef;
import io.rayhistory.domain.id.SessionKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Optional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

final class EventNamesTest {
    private static final SessionKey SESSION = new SessionKey(ClusterRef.plain("ns", "c"), "s");

    @ParameterizedTest
    @ValueSource(strings = {"n-2026-01-18-12", "n-2026-01-18-12.gz", "n-2026-01-18-12-17.jsonl", "n-2026-01-18-12-17.jsonl.gz",
            "n-2026-01-18-12.jsonl", "n-2026-01-18-12-17", "head-node-x-2026-01-18-12", "x/y/n-2026-01-18-12", "-b==-2026-01-18-12"})
    void eventFilesAreRecognised(String name) {
        assertTrue(EventFileName.matches(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"n-2026-01-18-12-17-3.jsonl", "n-2026-01-18-12-17.part1.jsonl", "n-2026-01-18-12-17.jsonl.zst", "2026-01-18-12",
            "n-2026-01-18-12/", "n-2026-01-18-12/x", "raylet.out", "", "n-2026-01-18-12.gz.jsonl", "n-2026-1-18-12"})
    void otherNamesAreNot(String name) {
        assertFalse(EventFileName.matches(name));
        assertEquals("", EventFileName.nodeOf(name));
    }

    @ParameterizedTest
    @CsvSource({"n1-2026-01-18-12,n1", "a/b/head-node-x-2026-01-18-12-99.jsonl.gz,head-node-x", "-2026-01-18-12,''"})
    void theNodeStandsBeforeTheHour(String name, String node) {
        assertEquals(node, EventFileName.nodeOf(name));
    }

    @ParameterizedTest
    @CsvSource({"AQAAAA==,01000000", "AQAAAA,01000000", "/////w==,ffffffff", "_____w,ffffffff", "01000000,01000000", "DEADBEEF,deadbeef", "7,7",
            "'',''", ".,''", "..,''", "my_job!,''", "a.b,a.b", "AQ-_==,''", "ü,''", "a/b,''", "abcde,abcde"})
    void theJobsFolderIsItsIdInHex(String jobId, String folder) {
        assertEquals(folder, new EventStream(SESSION, "n", jobId).jobFolder());
    }

    @ParameterizedTest
    @CsvSource({"AQAAAA==,AQAAAA==", "/////w==,w==", "ab/cd==,ab/cd==", "'',''", ".,''", "..,''", "../..,''", "x\\y,x%5Cy"})
    void theJobsFolderAsSentGoesThroughJoin(String jobId, String folder) {
        assertEquals(folder, new EventStream(SESSION, "n", jobId).jobFolderAsSent());
    }

    @Test
    void eventsOfNodesAreNodeEventsWhateverTheyCarry() {
        assertEquals("", EventStream.of(SESSION, "n", "NODE_DEFINITION_EVENT", "AQAAAA==").jobId());
        assertEquals("", EventStream.of(SESSION, "n", "NODE_LIFECYCLE_EVENT", "AQAAAA==").jobId());
        assertEquals("AQAAAA==", EventStream.of(SESSION, "n", "TASK_DEFINITION_EVENT", "AQAAAA==").jobId());
        assertEquals("", EventStream.of(SESSION, "n", "SOMETHING_NEW", "").jobId());
    }

    @ParameterizedTest
    @CsvSource({
            "n1/node_events/n1-2026-01-18-12.gz,EVENTS,'',n1-2026-01-18-12.gz",
            "n1/job_events/01000000/n1-2026-01-18-12-7.jsonl,EVENTS,'',n1-2026-01-18-12-7.jsonl",
            "job_events/ab/cd==/n1-2026-01-18-12,EVENTS,'',n1-2026-01-18-12",
            "job_events/n1-2026-01-18-12,EVENTS,'',n1-2026-01-18-12",
            "n1-2026-01-18-12,EVENTS,'',n1-2026-01-18-12",
            "n1/n1-2026-01-18-12.gz,EVENTS,'',n1-2026-01-18-12.gz",
            "node_events/n1-2026-01-18-12,EVENTS,'',n1-2026-01-18-12",
            "logs/n1/raylet.out,LOG,n1,raylet.out", "logs/n1/a/b/c,LOG,n1,a/b/c", "n1/logs/a/b,LOG,n1,a/b",
            "n1/logs/n-2026-01-18-12,LOG,n1,n-2026-01-18-12", "logs/logs/logs,LOG,logs,logs", "head-node-x/logs/x,LOG,head-node-x,x",
            "fetched_endpoints/restful__timezone,ENDPOINT,'',restful__timezone",
            "fetched_endpoints/history__heartbeat,ENDPOINT,'',history__heartbeat"})
    void objectsOfASessionAreToldByTheirNames(String below, SessionObject.Kind kind, String node, String name) {
        assertEquals(Optional.of(new SessionObject(kind, node, name)), SessionObject.read(below));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "logs", "logs/n1", "logs/n1/", "n1/logs", "n1/logs/", "meta/x", "meta/logs/x", "n1/other/x", "n1/x", "x",
            "node_events/readme", "n1/node_events/x", "n1/fetched_endpoints/restful__x", "fetched_endpoints"})
    void otherObjectsAreNothingOfOurs(String below) {
        assertEquals(Optional.empty(), SessionObject.read(below));
    }
}
