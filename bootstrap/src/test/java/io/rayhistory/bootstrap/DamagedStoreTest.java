package io.rayhistory.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rayhistory.application.read.HistoryReader;
import io.rayhistory.application.read.StoredSession;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.HistoryException.Kind;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** The rest loads, the counters say what was lost; what cannot be read at all is an error. */
class DamagedStoreTest {
    private final RecordedStore recorded = new RecordedStore();
    private final List<String> whole = RecordedStore.content(recorded.load());
    private final String file = recorded.eventFiles().get(0);

    @Test
    void badLinesAreCountedPerFileAndHideNothing() {
        recorded.append(file, "{not json\n{\"eventType\":\"TASK_DEFINITION_EVENT\",\"taskDefinitionEvent\":7}\n"
                + "{\"eventType\":\"BRAND_NEW_EVENT\",\"brandNewEvent\":{}}\n{\"eventId\":\"cut of");
        StoredSession session = recorded.load();
        assertEquals(Map.of("malformed", 1L, "invalid", 1L, "truncated", 1L), session.report().damage());
        assertEquals(Map.of("BRAND_NEW_EVENT", 1L), session.report().unknownTypes());
        assertEquals(Map.of(file, 3L), session.report().damageByFile());
        assertEquals(whole, RecordedStore.content(session));
    }

    @Test
    void eventsOfAnotherSessionAreLeftOut() {
        String other = new String(recorded.bytes(file), StandardCharsets.UTF_8).replace(RecordedStore.SESSION,
                "session_2026-11-22_19-26-06_121897_9233");
        recorded.append(file, other);
        StoredSession session = recorded.load();
        assertEquals(Map.of("other_session", other.lines().count()), session.report().damage());
        assertEquals(whole, RecordedStore.content(session));
    }

    @Test
    void eventsWithoutASessionBelongWhereTheyLie() {
        recorded.rewriteEvents(name -> name, bytes -> new String(bytes, StandardCharsets.UTF_8)
                .replace("\"sessionName\":\"" + RecordedStore.SESSION + "\"", "\"sessionName\":\"\"")
                .getBytes(StandardCharsets.UTF_8));
        assertEquals(whole, RecordedStore.content(recorded.load()));
    }

    @Test
    void repeatsAreCountedAndChangeNothing() {
        recorded.append(file, new String(recorded.bytes(file), StandardCharsets.UTF_8));
        StoredSession session = recorded.load();
        assertTrue(session.report().damage().get("duplicate") > 0);
        assertEquals(whole, RecordedStore.content(session));
    }

    @Test
    void emptyFilesAreNoDamage() {
        recorded.put(file.replace(".jsonl", "0.jsonl"), new byte[0]);
        StoredSession session = recorded.load();
        assertEquals(Map.of(), session.report().damage());
        assertEquals(whole, RecordedStore.content(session));
    }

    @Test
    void arraysAndGzipTellTheSame() {
        recorded.rewriteEvents(name -> name.replace(".jsonl", ".gz"), bytes -> {
            List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
            return gzip(("[" + String.join(",\n", lines) + ",null]").getBytes(StandardCharsets.UTF_8));
        });
        StoredSession session = recorded.load();
        assertEquals(Map.of(), session.report().damage());
        assertEquals(whole, RecordedStore.content(session));
    }

    @Test
    void aCutGzipFileKeepsItsCompleteLines() {
        byte[] packed = gzip(recorded.bytes(file));
        recorded.store().delete(file);
        recorded.put(file + ".gz", Arrays.copyOf(packed, packed.length / 2));
        StoredSession session = recorded.load();
        assertEquals(Map.of("truncated", 1L), session.report().damage());
        assertTrue(session.report().events() > 2000);
    }

    @Test
    void damagedAnswersAndLogEventsAreCounted() {
        String timezone = RecordedStore.BASE + "fetched_endpoints/restful__timezone";
        recorded.put(timezone, "{\"offset\": ".getBytes(StandardCharsets.UTF_8));
        String events = RecordedStore.BASE + RecordedStore.HEAD + "/logs/events/event_GCS.log";
        recorded.append(events, "{\"event_id\": \n");
        StoredSession session = recorded.load();
        assertEquals(Map.of(timezone, 1L, events, 1L), session.report().damageByFile());
        assertEquals(Map.of(), session.timezone());
        assertEquals(whole, RecordedStore.content(session));
    }

    @Test
    void anythingThatCannotBeReadFailsTheLoadAndIsNotRemembered() {
        FaultyStore faulty = new FaultyStore(recorded.store());
        String logs = RecordedStore.BASE + RecordedStore.HEAD + "/logs/";
        try (HistoryReader reader = RecordedStore.reader(faulty)) {
            for (String name : List.of(file, logs + "events/event_JOBS.log", logs + "job-driver-raysubmit_demo.log",
                    logs + "dashboard_agent.log", RecordedStore.BASE + "fetched_endpoints/restful__timezone")) {
                faulty.makeUnreadable(name);
                HistoryException failure = assertThrows(HistoryException.class,
                        () -> reader.session(reader.sessions().get(0)), name);
                assertEquals(Kind.UNAVAILABLE, failure.kind());
                assertTrue(failure.getMessage().contains(name), failure.getMessage());
            }
            faulty.makeUnreadable("");
            assertEquals(whole, RecordedStore.content(reader.session(reader.sessions().get(0))));
        }
    }

    @Test
    void aSessionWithoutAnyDataIsMissing() {
        recorded.names(name -> name.startsWith(RecordedStore.BASE)).forEach(recorded.store()::delete);
        assertEquals(Kind.MISSING, assertThrows(HistoryException.class, recorded::load).kind());
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }
}
