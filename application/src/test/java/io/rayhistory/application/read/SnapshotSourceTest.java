package io.rayhistory.application.read;

import io.rayhistory.application.collect.RefusingStore;
import io.rayhistory.application.port.InMemoryObjectStore;
import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.domain.event.EventEnvelope;
import io.rayhistory.domain.event.NodeDefinitionEvent;
import io.rayhistory.domain.history.Replay;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SnapshotSourceTest {
    private static final SessionEntry ENTRY = FakeSource.entry("session_1");
    private static final String NODE = "0a".repeat(28);

    private final InMemoryObjectStore store = new InMemoryObjectStore();
    private final Recorded replays = new Recorded();
    private Instant now = Instant.EPOCH.plus(Duration.ofHours(1));

    /** A session of one node, whose host is named by how often it was replayed. */
    private static final class Recorded implements LoadedSessions.Source {
        private String etag = "1";
        private int replayed;

        @Override
        public SessionContents locate(SessionEntry entry) {
            return new SessionContents(List.of(new ObjectInfo("events", 7, etag, Instant.EPOCH)), new TreeMap<>(),
                    new TreeMap<>());
        }

        @Override
        public LoadedSessions.Loaded load(SessionEntry entry, SessionContents contents, LoadMeter meter) {
            replayed++;
            Replay replay = new Replay(entry.key().session());
            replay.add(new NodeDefinitionEvent(new EventEnvelope("id", "GCS", 1, "INFO", "", "", ""), NODE, "10.0.0.1",
                    Map.of("zone", "ä任"), 1, "host" + replayed, "", "", ""));
            LoadReport report = new LoadReport(1, 7, 1, Map.of("X", 1L), Map.of("malformed", 2L), Map.of("Y", 3L),
                    Map.of("events", 2L), 5);
            return new LoadedSessions.Loaded(new StoredSession(entry, replay.freeze(), null, null, "2.60.0",
                    Map.of("offset", "+00:00"), report), contents, 10);
        }

        @Override
        public LoadedSessions.Loaded relist(LoadedSessions.Loaded before, SessionContents contents) {
            return before;
        }
    }

    private SnapshotSource source(SnapshotMode mode, ObjectStore where) {
        return new SnapshotSource(replays, where, new Snapshots(where, "/top/", 1 << 30),
                new SnapshotSettings(mode, Duration.ofMinutes(10)), () -> now);
    }

    private SnapshotSource writing() {
        return source(SnapshotMode.READ_WRITE, store);
    }

    /** Loads a session and has its snapshot made, as far as the source wants to. */
    private StoredSession load(SnapshotSource source) {
        SessionContents contents = source.locate(ENTRY);
        LoadedSessions.Loaded loaded = source.load(ENTRY, contents, new LoadMeter());
        source.store(new EndedSession(ENTRY, loaded, ListingFingerprint.of(contents)));
        return loaded.session();
    }

    private static String host(StoredSession session) {
        return session.history().nodes().get(0).hostname();
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        store.list("").forEachRemaining(object -> names.add(object.name()));
        return names;
    }

    @Test
    void theFirstLoadLeavesASnapshotForAllOthers() {
        StoredSession first = load(writing());
        SnapshotSource other = writing();
        StoredSession second = load(other);
        assertEquals("host1", host(second));
        assertEquals(1, replays.replayed);
        assertEquals(first.history().nodes(), second.history().nodes());
        assertEquals(List.of("2.60.0", Map.of("offset", "+00:00")), List.of(second.rayVersion(), second.timezone()));
        assertEquals(first.report().with(SnapshotUse.READ).took(0), second.report().took(0));
        assertEquals(new SnapshotStats(1, 0, 0, 0, 0), other.snapshots());
        assertEquals(1, names().size());
        assertTrue(names().get(0).startsWith("top/history-index/snapshots/ns_cluster/session_1/"), names().get(0));
    }

    @Test
    void aChangedListingIsReplayedAndLeavesOneSnapshot() {
        load(writing());
        replays.etag = "2";
        assertEquals("host2", host(load(writing())));
        assertEquals("host2", host(load(writing())));
        assertEquals(2, replays.replayed);
        assertEquals(1, names().size());
    }

    @Test
    void aNewerVersionsSnapshotIsLeftAlone() {
        String newer = "top/history-index/snapshots/ns_cluster/session_1/abc.v65000";
        store.plant(newer, new byte[1]);
        store.plant(newer.replace("65000", "0"), new byte[1]);
        load(writing());
        assertEquals(2, names().size());
        assertTrue(names().contains(newer));
    }

    @Test
    void whateverIsDamagedIsReplayedCountedAndReplaced() {
        load(writing());
        String name = names().get(0);
        byte[] good = store.read(name, 0, ObjectStore.TO_END, "", (in, info) -> in.readAllBytes()).orElseThrow();
        for (long seed = 1; seed <= 150; seed++) {
            Random random = new Random(seed);
            byte[] bad = random.nextBoolean() ? Arrays.copyOf(good, random.nextInt(good.length)) : good.clone();
            if (bad.length == good.length) {
                bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            }
            store.plant(name, bad);
            replays.replayed = 0;
            SnapshotSource source = writing();
            StoredSession session = load(source);
            assertEquals("host1", host(session), "seed " + seed);
            assertEquals(List.of(1, SnapshotUse.DAMAGED, new SnapshotStats(0, 0, 1, 0, 1)),
                    List.of(replays.replayed, session.report().snapshot(), source.snapshots()), "seed " + seed);
            assertEquals(SnapshotUse.READ, load(writing()).report().snapshot(), "seed " + seed);
        }
    }

    @Test
    void aSnapshotOfAnotherSessionIsNotBelieved() {
        load(writing());
        byte[] good = store.read(names().get(0), 0, ObjectStore.TO_END, "", (in, info) -> in.readAllBytes()).orElseThrow();
        store.plant(names().get(0).replace("session_1", "session_2"), good);
        SessionEntry other = FakeSource.entry("session_2");
        SnapshotSource source = writing();
        assertEquals(SnapshotUse.DAMAGED, source.load(other, source.locate(other), new LoadMeter()).session().report().snapshot());
    }

    @Test
    void aSnapshotTooLargeForThisHeapIsLeftForOthers() {
        load(writing());
        SnapshotSource small = new SnapshotSource(replays, store, new Snapshots(store, "/top/", 10),
                new SnapshotSettings(SnapshotMode.READ_WRITE, Duration.ZERO), () -> now);
        assertEquals("host2", host(load(small)));
        assertEquals(new SnapshotStats(0, 0, 0, 1, 0), small.snapshots());
        assertEquals("host1", host(load(writing())));
    }

    @Test
    void modesDoWhatTheySay() {
        load(source(SnapshotMode.READ, store));
        assertEquals(List.of(), names());
        load(writing());
        assertEquals(SnapshotUse.READ, load(source(SnapshotMode.READ, store)).report().snapshot());
        assertEquals(SnapshotUse.NONE, load(source(SnapshotMode.OFF, store)).report().snapshot());
    }

    @Test
    void aSessionThatChangedALittleAgoHasNoSnapshot() {
        load(writing());
        now = Instant.EPOCH.plusSeconds(599);
        assertEquals(SnapshotUse.NONE, load(source(SnapshotMode.READ, store)).report().snapshot());
        now = Instant.EPOCH.plusSeconds(600);
        assertEquals(SnapshotUse.READ, load(source(SnapshotMode.READ, store)).report().snapshot());
    }

    @Test
    void aSessionThatGrewWhileItWasReadIsNotKept() {
        LoadedSessions.Loaded loaded = replays.load(ENTRY, replays.locate(ENTRY), new LoadMeter());
        List<EndedSession> products = new ArrayList<>();
        try (EndedSessionSource source = new EndedSessionSource(replays, List.of(products::add), Duration.ZERO, () -> now)) {
            replays.etag = "2";
            source.makeProducts(ENTRY, loaded);
            assertEquals(List.of(), products);
            replays.etag = "1";
            source.makeProducts(ENTRY, loaded);
            assertEquals(List.of(loaded), products.stream().map(EndedSession::loaded).toList());
        }
    }

    @Test
    void aStoreThatTakesNothingIsAskedOnceInAWhile() {
        int[] asked = new int[1];
        ObjectStore readOnly = new RefusingStore(store, name -> ++asked[0] > 0);
        SnapshotSource source = source(SnapshotMode.READ_WRITE, readOnly);
        assertEquals("host1", host(load(source)));
        assertEquals("host2", host(load(source)));
        assertEquals(1, asked[0]);
        now = now.plus(Duration.ofMinutes(10));
        load(source);
        assertEquals(2, asked[0]);
        assertEquals(2, source.snapshots().failed());
    }
}
