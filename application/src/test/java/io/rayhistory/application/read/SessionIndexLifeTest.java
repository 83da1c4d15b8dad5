package io.rayhistory.application.read;

import io.rayhistory.application.collect.RefusingStore;
import io.rayhistory.application.port.InMemoryObjectStore;
import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.history.Replay;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** How figures come into the index, leave it, and are found to be old. */
final class SessionIndexLifeTest {
    private final InMemoryObjectStore store = new InMemoryObjectStore();
    private final Sessions sessions = new Sessions();
    private final List<SessionEntry> listed = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final FailureReports failures = new FailureReports();
    private IndexObjects objects = new IndexObjects(store, "");
    private Instant now = Instant.parse("2026-11-22T12:00:00Z");

    /** Sessions without any event, whose one file changes when a test says so. */
    private static final class Sessions implements LoadedSessions.Source {
        private final Map<String, String> etags = new HashMap<>();
        private final Set<String> unreadable = new HashSet<>();
        private Instant modified = Instant.EPOCH;
        private int loads;

        @Override
        public SessionContents locate(SessionEntry entry) {
            return new SessionContents(List.of(new ObjectInfo("events", 7, etags.getOrDefault(entry.key().session(), "1"), modified)),
                    new TreeMap<>(), new TreeMap<>());
        }

        @Override
        public LoadedSessions.Loaded load(SessionEntry entry, SessionContents contents, LoadMeter meter) {
            if (unreadable.contains(entry.key().session())) {
                throw HistoryException.unavailable("cannot be read", null);
            }
            synchronized (this) {
                loads++;
            }
            return new LoadedSessions.Loaded(new StoredSession(entry, new Replay(entry.key().session()).freeze(), null, null, "2.60.0", Map.of(),
                    new LoadReport(1, 7, 0, Map.of(), Map.of(), Map.of(), Map.of(), 1)), contents, 10);
        }

        @Override
        public LoadedSessions.Loaded relist(LoadedSessions.Loaded before, SessionContents contents) {
            return before;
        }
    }

    @AfterEach
    void close() {
        objects.close();
    }

    private SessionEntry entry(int number) {
        SessionEntry entry = FakeSource.entry("session_2026-11-2" + number % 2 + "_10-00-00_000000_" + number);
        return new SessionEntry(entry.key(), Optional.of(Instant.parse("2026-11-2" + number % 2 + "T10:00:00Z")), true);
    }

    private IndexUpkeep upkeep() {
        SessionCatalog catalog = new SessionCatalog() {
            @Override
            public Listing list() {
                return new Listing(List.copyOf(listed), List.of());
            }

            @Override
            public SessionEntry resolve(String namespace, String cluster, String session, String owner) {
                throw HistoryException.missing(session);
            }

            @Override
            public String describe() {
                return "sessions of a test";
            }
        };
        return new IndexUpkeep(catalog, sessions, objects, failures, Duration.ofMinutes(10), () -> now);
    }

    private SummaryProduct product(IndexObjects where) {
        return new SummaryProduct(where, new SummaryIndex(where), failures, () -> now);
    }

    private void end(SummaryProduct product, SessionEntry entry) {
        SessionContents contents = sessions.locate(entry);
        product.store(new EndedSession(entry, sessions.load(entry, contents, new LoadMeter()), ListingFingerprint.of(contents)));
    }

    private Map<?, IndexedSession> found() {
        return new SummaryIndex(objects).find(listed.stream().map(SessionEntry::key).toList());
    }

    private long stored() {
        long[] count = {0};
        store.list("history-index/sessions/").forEachRemaining(object -> count[0]++);
        return count[0];
    }

    private IndexUpkeep.Report report(int sound, int open, int missing, int stale, int gone, int damaged, int written, int failed) {
        return new IndexUpkeep.Report(listed.size(), sound, open, missing, stale, gone, damaged, written, failed);
    }

    @Test
    void aLoadedSessionThatHasEndedIsWrittenOnce() {
        listed.add(entry(1));
        SummaryProduct product = product(objects);
        end(product, entry(1));
        assertEquals("2.60.0", found().get(entry(1).key()).summary().rayVersion());
        long before = stored();
        end(product(objects), entry(1));
        assertEquals(before, stored());
        sessions.etags.put(entry(1).key().session(), "2");
        now = now.plusSeconds(1);
        end(product, entry(1));
        assertEquals(ListingFingerprint.of(sessions.locate(entry(1))), found().get(entry(1).key()).fingerprint());
    }

    @Test
    void aStoreThatTakesNothingIsToldOfOnce() {
        List<String> warnings = new ArrayList<>();
        Logger logger = Logger.getLogger(SummaryProduct.class.getName());
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
                    warnings.add(record.getMessage());
                }
            }

            @Override
            public void flush() {
                // Nothing waits.
            }

            @Override
            public void close() {
                // Nothing is held.
            }
        };
        logger.addHandler(handler);
        try (IndexObjects refusing = new IndexObjects(new RefusingStore(store, name -> true), "")) {
            SummaryProduct product = product(refusing);
            for (int i = 0; i < 5; i++) {
                end(product, entry(i));
                now = now.plus(Duration.ofMinutes(11));
            }
        } finally {
            logger.removeHandler(handler);
        }
        assertEquals(1, warnings.size(), warnings.toString());
        assertEquals(0, stored());
    }

    @Test
    void rebuildMakesWhatIsMissingAndVerifyFindsNothingWrong() {
        for (int i = 0; i < 6; i++) {
            listed.add(entry(i));
        }
        assertEquals(report(0, 0, 6, 0, 0, 0, 0, 0), upkeep().verify(told::add));
        assertEquals(6, told.size());
        end(product(objects), entry(3));
        assertEquals(report(1, 0, 5, 0, 0, 0, 5, 0), upkeep().rebuild(false, told::add));
        assertEquals(report(6, 0, 0, 0, 0, 0, 0, 0), upkeep().verify(told::add));
        assertEquals(6, found().size());
        assertEquals(2, stored(), "an object for each day, nothing beside");
        int loads = sessions.loads;
        assertEquals(report(6, 0, 0, 0, 0, 0, 0, 0), upkeep().rebuild(false, told::add));
        assertEquals(loads, sessions.loads);
        now = now.plusSeconds(1);
        assertEquals(report(6, 0, 0, 0, 0, 0, 6, 0), upkeep().rebuild(true, told::add));
    }

    @Test
    void oldGoneDamagedAndUnreadableOnesAreToldAndMended() {
        for (int i = 0; i < 4; i++) {
            listed.add(entry(i));
        }
        upkeep().rebuild(false, told::add);
        told.clear();
        now = now.plusSeconds(1);
        sessions.etags.put(entry(0).key().session(), "2");
        listed.remove(1);
        store.put("history-index/sessions/v1/days/2026-11-30", new ByteArrayInputStream(new byte[] {1}));
        listed.add(entry(8));
        sessions.unreadable.add(entry(8).key().session());
        assertEquals(report(2, 0, 1, 1, 1, 1, 0, 0), upkeep().verify(told::add));
        assertTrue(String.join("\n", told).contains("ns/cluster/" + entry(1).key().session() + " is not stored any more"), told.toString());
        assertEquals(report(2, 0, 0, 1, 1, 1, 1, 1), upkeep().rebuild(false, told::add));
        assertEquals(report(3, 0, 1, 0, 0, 0, 0, 0), upkeep().verify(told::add));
    }

    @Test
    void aSessionThatGoesOnLosesItsFiguresRatherThanShowOldOnes() {
        listed.add(entry(0));
        upkeep().rebuild(false, told::add);
        sessions.etags.put(entry(0).key().session(), "2");
        sessions.modified = now;
        assertEquals(report(0, 0, 0, 1, 0, 0, 0, 0), upkeep().rebuild(false, told::add));
        assertEquals(Map.of(), found());
        assertEquals(report(0, 1, 0, 0, 0, 0, 0, 0), upkeep().verify(told::add));
    }

    @Test
    void listsShowWhatTheIndexKnowsAndAskForNothingElse() {
        for (int i = 0; i < 6; i++) {
            listed.add(entry(i));
        }
        end(product(objects), entry(2));
        List<Integer> asked = new ArrayList<>();
        SummaryIndex index = new SummaryIndex(objects);
        FigureChecks checks = new FigureChecks(sessions, () -> now);
        SessionDirectory directory = new ListedSessions(() -> new SessionCatalog.Listing(List.copyOf(listed), List.of()), entries -> {
            asked.add(entries.size());
            return checks.sound(entries, index.find(entries.stream().map(SessionEntry::key).toList()));
        });
        SessionDirectory.Page page = directory.list(SessionDirectory.Query.newest(2));
        assertEquals(List.of(2), asked);
        assertEquals(6, page.total());
        List<SessionDirectory.Row> busiest = directory.list(new SessionDirectory.Query("", "", Set.of(), Instant.MIN, Instant.MAX,
                SessionDirectory.SortField.ATTEMPTS, true, 6, "")).rows();
        assertEquals(entry(2).key(), busiest.get(0).entry().key());
        assertTrue(busiest.stream().skip(1).allMatch(row -> row.summary().isEmpty()));
        assertEquals(List.of(2, 6), asked);
        checks.close();
    }

    @Test
    void figuresOfASessionThatWentOnAreHeldBack() throws InterruptedException {
        SessionSummary summary = new SessionSummary(1, now.minusSeconds(3_600).toEpochMilli(), "2.60.0", 1, 1, 1, 0, 0,
                io.rayhistory.domain.failure.Outcome.SUCCEEDED);
        IndexedSession made = new IndexedSession(entry(1).key(), ListingFingerprint.of(sessions.locate(entry(1))), 1, summary);
        try (FigureChecks checks = new FigureChecks(sessions, () -> now)) {
            assertEquals(Map.of(entry(1).key(), summary), checks.sound(List.of(entry(1)), Map.of(entry(1).key(), made)));
            sessions.etags.put(entry(1).key().session(), "2");
            now = now.plus(FigureChecks.EVERY).plusSeconds(1);
            Map<?, ?> sound = checks.sound(List.of(entry(1)), Map.of(entry(1).key(), made));
            for (int i = 0; i < 1_000 && !sound.isEmpty(); i++) {
                Thread.sleep(5);
                sound = checks.sound(List.of(entry(1)), Map.of(entry(1).key(), made));
            }
            assertEquals(Map.of(), sound);
            IndexedSession again = new IndexedSession(entry(1).key(), ListingFingerprint.of(sessions.locate(entry(1))), 2, summary);
            assertEquals(Map.of(entry(1).key(), summary), checks.sound(List.of(entry(1)), Map.of(entry(1).key(), again)));
        }
    }
}
