package io.rayhistory.application.read;

import io.rayhistory.application.port.InMemoryObjectStore;
import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.domain.failure.Outcome;
import io.rayhistory.domain.id.ClusterRef;
import io.rayhistory.domain.id.SessionKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What the session index answers, and that it never answers anything that is not so. */
final class SummaryIndexTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private final InMemoryObjectStore store = new InMemoryObjectStore();
    private final IndexObjects objects = new IndexObjects(store, "ray");
    private final IndexMerger merger = new IndexMerger(objects, () -> NOW);

    @AfterEach
    void close() {
        objects.close();
    }

    private static SessionKey key(String day, int number) {
        return new SessionKey(ClusterRef.of("ns", "c" + number, number % 2 == 0 ? "rayjob" : "", number % 2 == 0 ? "owner" : ""),
                "session_" + day + "_10-00-00_000000_" + number);
    }

    private static IndexedSession session(SessionKey key, long madeMs) {
        return new IndexedSession(key, "print" + madeMs, madeMs,
                new SessionSummary(1, 2 + madeMs, "2.60\t0", 3, 4, 5, 6, 7, Outcome.RECOVERED));
    }

    private Map<SessionKey, IndexedSession> find(SessionKey... keys) {
        return new SummaryIndex(objects).find(List.of(keys));
    }

    private List<String> names(String part) {
        List<String> names = new ArrayList<>();
        store.list("ray/history-index/sessions/v1/" + part).forEachRemaining(object -> names.add(object.name()));
        return names;
    }

    @Test
    void whatIsWrittenIsFoundBeforeAndAfterItIsMerged() {
        IndexedSession old = session(key("2026-11-20", 1), 5);
        IndexedSession today = session(key("2026-11-23", 2), 6);
        IndexedSession undated = session(new SessionKey(ClusterRef.plain("ns", "x"), "my-session"), 7);
        for (IndexedSession each : List.of(old, today, undated)) {
            assertTrue(objects.add(each));
            assertFalse(objects.add(each), "the same figures are written once");
        }
        Map<SessionKey, IndexedSession> expected = Map.of(old.key(), old, today.key(), today, undated.key(), undated);
        assertEquals(expected, find(old.key(), today.key(), undated.key(), key("2026-11-20", 9)));
        assertEquals(2, merger.mergeDue());
        assertEquals(1, names("new/").size(), "today is not over");
        assertEquals(expected, find(old.key(), today.key(), undated.key()));
        assertEquals(List.of("ray/history-index/sessions/v1/days/2026-11-20", "ray/history-index/sessions/v1/days/undated"), names("days/"));
    }

    @Test
    void manySessionsOfADayThatIsNotOverAreMergedToo() {
        for (int i = 0; i < IndexMerger.MANY; i++) {
            objects.add(session(key("2026-11-23", i), i));
        }
        assertEquals(IndexMerger.MANY, merger.mergeDue());
        assertEquals(List.of(), names("new/"));
        assertEquals(4, find(key("2026-11-23", 4)).get(key("2026-11-23", 4)).madeMs());
    }

    @Test
    void laterFiguresWinWhereverTheyLie() {
        SessionKey key = key("2026-11-20", 1);
        objects.add(session(key, 10));
        merger.mergeDue();
        objects.add(session(key, 12));
        assertEquals(12, find(key).get(key).madeMs());
        objects.add(session(key, 11));
        assertEquals(12, find(key).get(key).madeMs());
        merger.mergeDue();
        assertEquals(12, find(key).get(key).madeMs());
        // A process that died before it removed what it had merged.
        objects.add(session(key, 10));
        merger.mergeDue();
        assertEquals(12, find(key).get(key).madeMs());
    }

    @Test
    void aDayThatIsReplacedByAnotherProcessIsReadAgain() {
        SessionKey key = key("2026-11-20", 1);
        SummaryIndex index = new SummaryIndex(objects);
        assertEquals(Map.of(), index.find(List.of(key)));
        objects.add(session(key, 3));
        index.changed();
        assertEquals(3, index.find(List.of(key)).get(key).madeMs());
        merger.mergeDue();
        index.changed();
        assertEquals(3, index.find(List.of(key)).get(key).madeMs());
        merger.put("2026-11-20", List.of(session(key, 9)), any -> true);
        index.changed();
        assertEquals(9, index.find(List.of(key)).get(key).madeMs());
    }

    @Test
    void damageHidesFiguresAndNothingElse() {
        SessionKey key = key("2026-11-20", 1);
        objects.add(session(key, 3));
        merger.mergeDue();
        String name = objects.dayName("2026-11-20");
        byte[] good = store.read(name, 0, ObjectStore.TO_END, "", (in, object) -> in.readAllBytes()).orElseThrow();
        for (long seed = 1; seed <= 500; seed++) {
            Random random = new Random(seed);
            byte[] bad = random.nextBoolean() ? Arrays.copyOf(good, random.nextInt(good.length)) : good.clone();
            if (bad.length == good.length) {
                bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            }
            store.put(name, new ByteArrayInputStream(bad));
            Map<SessionKey, IndexedSession> found = find(key);
            // Some bits of a gzip header mean nothing.
            assertTrue(found.isEmpty() || found.equals(Map.of(key, session(key, 3))), "seed " + seed + ": " + found);
        }
        store.put(name, new ByteArrayInputStream(new byte[] {1, 2, 3}));
        objects.add(session(key("2026-11-20", 2), 4));
        merger.mergeDue();
        assertEquals(4, find(key("2026-11-20", 2)).get(key("2026-11-20", 2)).madeMs());
    }

    @Test
    void aNewerVersionIsLeftAlone() throws Exception {
        SessionKey key = key("2026-11-20", 1);
        String name = objects.dayName("2026-11-20");
        java.io.ByteArrayOutputStream newer = new java.io.ByteArrayOutputStream();
        try (java.util.zip.GZIPOutputStream out = new java.util.zip.GZIPOutputStream(newer)) {
            out.write("rayhistory session index 2\nanything\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        ObjectInfo put = store.put(name, new ByteArrayInputStream(newer.toByteArray()));
        objects.add(session(key, 3));
        assertEquals(3, find(key).get(key).madeMs());
        assertEquals(0, merger.mergeDue());
        assertEquals(put, store.find(name).orElseThrow());
        assertEquals(3, find(key).get(key).madeMs());
    }

    @Test
    void mergersThatMeetLoseNothing() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            for (long seed = 1; seed <= 40; seed++) {
                Random random = new Random(seed);
                Map<SessionKey, IndexedSession> expected = new HashMap<>();
                List<Callable<Object>> work = new ArrayList<>();
                for (int i = 0; i < 30; i++) {
                    IndexedSession each = session(key("2026-10-0" + (1 + random.nextInt(3)), random.nextInt(12)), seed * 1000 + i);
                    expected.merge(each.key(), each, IndexedSession::later);
                    work.add(() -> objects.add(each));
                    if (random.nextInt(3) == 0) {
                        work.add(() -> new IndexMerger(objects, () -> NOW).mergeDue());
                    }
                }
                for (var done : threads.invokeAll(work)) {
                    done.get();
                }
                assertEquals(expected, find(expected.keySet().toArray(SessionKey[]::new)), "seed " + seed);
                merger.mergeAll();
                assertEquals(expected, find(expected.keySet().toArray(SessionKey[]::new)), "merged, seed " + seed);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aStoreThatFailsCostsFiguresOnly() {
        objects.add(session(key("2026-11-20", 1), 3));
        BrokenListings broken = new BrokenListings(store);
        broken.breakAfter = 0;
        assertEquals(Map.of(), new SummaryIndex(new IndexObjects(broken, "ray")).find(List.of(key("2026-11-20", 1))));
    }
}
