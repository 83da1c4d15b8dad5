package io.rayhistory.application.collect;

import io.rayhistory.application.port.InMemoryObjectStore;
import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.domain.id.ClusterRef;
import io.rayhistory.domain.layout.StorageLayout;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

final class SessionRecordsTest {
    private static final String MARKER = "cluster-metadata/rayjob/default_j_demo/session_1";
    private static final String FOLDER = "cluster-history/rayjob/default/j/demo/session_1/fetched_endpoints/history__";
    private static final ClusterRef CLUSTER = ClusterRef.of("default", "demo", "RayJob", "j");

    private final SteppedTime time = new SteppedTime();
    private final InMemoryRayNode ray = new InMemoryRayNode();
    private final InMemoryObjectStore store = new InMemoryObjectStore(time);
    private final SessionRecords records = new SessionRecords(store, StorageLayout.clusterHistory(""), new PlainDashboardCodec(), ray, "1.0", time);

    private static CollectedNode node(boolean head) {
        return new CollectedNode(CLUSTER, "session_1", "aa", head);
    }

    private String stored(String name) {
        return store.read(name, 0, ObjectStore.TO_END, "", (in, is) -> new String(in.readAllBytes(), StandardCharsets.UTF_8)).orElse("absent");
    }

    @Test
    void sessionIsListedFromTheMomentItsNameIsKnown() {
        records.current(node(false).withNodeId(""));
        records.work(() -> true);
        assertEquals("", stored(MARKER));
        assertTrue(stored(FOLDER + "session_info").contains("rayhistory 1.0"), stored(FOLDER + "session_info"));
        assertEquals("absent", stored(FOLDER + "heartbeat"));
    }

    @Test
    void nothingThatIsThereIsReplacedByWhoeverComesLater() {
        store.put(FOLDER + "session_info", new ByteArrayInputStream("first".getBytes(StandardCharsets.UTF_8)));
        records.current(node(true));
        records.work(() -> true);
        assertEquals("first", stored(FOLDER + "session_info"));
        records.learn(node(true).key(), Map.of("rayVersion", "2.60.0"));
        records.learn(node(true).key(), Map.of("offset", "+01:00", "value", "Europe/Paris"));
        records.work(() -> true);
        String info = stored(FOLDER + "session_info");
        for (String part : List.of("\"headNode\":\"aa\"", "\"rayVersion\":\"2.60.0\"", "\"zone\":\"Europe/Paris\"", "\"zoneOffset\":\"+01:00\"")) {
            assertTrue(info.contains(part), info);
        }
    }

    @Test
    void heartBeatsEveryMinuteWhileRayLives() {
        records.current(node(true));
        records.work(() -> false);
        assertEquals("absent", stored(FOLDER + "heartbeat"));
        records.work(() -> true);
        String first = stored(FOLDER + "heartbeat");
        assertTrue(first.contains(time.instant().toString()), first);
        time.advance(59);
        records.work(() -> true);
        assertEquals(first, stored(FOLDER + "heartbeat"));
        time.advance(1);
        records.work(() -> true);
        assertTrue(stored(FOLDER + "heartbeat").contains(time.instant().toString()));
    }

    @Test
    void endIsToldByTheHeadAndForgottenWhenTheSessionGoesOn() {
        records.end(node(false), Optional.empty());
        assertEquals("absent", stored(FOLDER + "session_end"));
        records.current(node(true));
        records.end(node(true), Optional.empty());
        assertTrue(stored(FOLDER + "session_end").contains("the collector stopped"));
        records.end(node(true), Optional.of(time.instant().minusSeconds(7)));
        assertTrue(stored(FOLDER + "session_end").contains("Ray stopped"));
        assertTrue(stored(FOLDER + "session_end").contains(time.instant().minusSeconds(7).toString()));
        ray.runs("session_1");
        SessionRecords next = new SessionRecords(store, StorageLayout.clusterHistory(""), new PlainDashboardCodec(), ray, "1.0", time);
        next.current(node(true));
        next.work(() -> true);
        assertEquals("absent", stored(FOLDER + "session_end"));
    }

    @Test
    void leftOverSessionEndedWhenItsLogsWereLastWritten() {
        ray.written.put("session_1", time.instant().minusSeconds(3600));
        records.ended(node(true));
        records.work(() -> true);
        assertEquals("", stored(MARKER));
        assertTrue(stored(FOLDER + "session_end").contains(time.instant().minusSeconds(3600).toString()), stored(FOLDER + "session_end"));
    }

    @Test
    void storeThatIsAwayIsTriedAgainAndGetsEverything() {
        List<String> tries = new ArrayList<>();
        boolean[] away = {true};
        SessionRecords patient = new SessionRecords(new RefusingStore(store, name -> {
            tries.add(name);
            return away[0];
        }), StorageLayout.clusterHistory(""), new PlainDashboardCodec(), ray, "1.0", time);
        patient.current(node(true));
        for (int second = 0; second < 60; second++) {
            patient.work(() -> false);
            time.advance(1);
        }
        assertTrue(tries.size() >= 4 && tries.size() <= 8, tries.size() + " tries in a minute");
        assertFalse(patient.trouble().isEmpty());
        away[0] = false;
        time.advance(30);
        patient.work(() -> false);
        assertEquals("", patient.trouble());
        assertEquals("", stored(MARKER));
        List<String> names = new ArrayList<>();
        store.list("").forEachRemaining((ObjectInfo object) -> names.add(object.name()));
        assertEquals(2, names.size(), names.toString());
    }
}
