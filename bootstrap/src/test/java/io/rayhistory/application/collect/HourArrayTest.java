package io.rayhistory.application.collect;

import io.rayhistory.adapters.json.StreamingEventSplitter;
import io.rayhistory.application.collect.FaultyStore.Fault;
import io.rayhistory.application.port.EventSplitter;
import io.rayhistory.application.port.SpoolSettings;
import io.rayhistory.application.port.InMemoryObjectStore;
import io.rayhistory.domain.layout.StorageLayout;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static io.rayhistory.application.collect.UploadFixture.JOB;
import static io.rayhistory.application.collect.UploadFixture.NODE;
import static io.rayhistory.application.collect.UploadFixture.START;
import static io.rayhistory.application.collect.UploadFixture.gzip;
import static io.rayhistory.application.collect.UploadFixture.utf8;
import static io.rayhistory.application.port.EventSpoolContract.post;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Events as generation A has them: one JSON array an hour, which nobody overwrites. */
final class HourArrayTest {
    private static final Duration INTERVAL = UploadSettings.DEFAULTS.interval();
    private static final String BASE = "ray/c_ns/session_1/";
    private static final String HOUR = BASE + "node_events/n1-2026-11-22-20";
    private static final StorageLayout LAYOUT = StorageLayout.metadir("ray/");

    private final EventSplitter splitter = new StreamingEventSplitter();
    private UploadFixture given = new UploadFixture();
    private SpoolUploader uploader = uploader();

    private SpoolUploader uploader() {
        UploadFixture now = given;
        return now.uploader(UploadSettings.DEFAULTS, Runnable::run, LAYOUT,
                session -> new HourArray(now.spool, now.store, splitter, LAYOUT, session, now.counts));
    }

    private static String event(String id) {
        return "{\"eventId\":\"" + id + "\",\"sessionName\":\"session_1\"}";
    }

    private static String array(String... members) {
        return "[\n" + String.join(",\n", members) + "\n]";
    }

    private void send() {
        given.pass(INTERVAL);
        uploader.pass();
        given.pass(INTERVAL);
        uploader.pass();
    }

    @Test
    void aGrowingFileIsAGrowingArray() {
        post(given.spool, NODE, event("1"), event("2"));
        send();
        assertEquals(array(event("1"), event("2")), given.text(HOUR));
        post(given.spool, NODE, event("3"));
        send();
        assertEquals(array(event("1"), event("2"), event("3")), given.text(HOUR));
        assertEquals(0, given.spool.unsentBytes());
        assertEquals(List.of("putIfAbsent ray/metadir/c_ns/session_1", "putIfAbsent " + HOUR, "extend " + array(event("1"), event("2")).indexOf("\n]") + " " + HOUR),
                given.store.calls());
    }

    @Test
    void jobsHaveFoldersWithTheIdAsRaySendsIt() {
        post(given.spool, JOB, event("1"));
        send();
        assertEquals(array(event("1")), given.text(BASE + "job_events/AQAAAA==/n1-2026-11-22-20"));
    }

    @Test
    void filesOfTheSameHourShareItsArray() {
        for (String id : List.of("1", "2", "3")) {
            post(given.spool, NODE, event(id));
            given.spool.seal("");
            send();
        }
        assertEquals(array(event("1"), event("2"), event("3")), given.text(HOUR));
        assertEquals(List.of(), given.spool.files());
    }

    @Test
    void whatOthersStoredStaysAndIsNotStoredAgain() {
        String theirs = "[{\"sessionName\": \"session_1\", \"eventId\": \"2\"} ,\n {\"eventId\":\"theirs\"} ]\n";
        given.plant(HOUR, utf8(theirs));
        post(given.spool, NODE, event("1"), event("2"), event("3"));
        send();
        assertEquals(theirs.replace(" ]\n", ",\n" + event("1") + ",\n" + event("3") + "\n]"), given.text(HOUR));
        assertEquals(0, given.spool.unsentBytes());
    }

    @Test
    void emptyArraysAndEmptyObjectsGetTheirFirstMember() {
        for (String theirs : List.of("[]", " [ ] ", "")) {
            given = new UploadFixture();
            uploader = uploader();
            given.plant(HOUR, utf8(theirs));
            post(given.spool, NODE, event("1"));
            send();
            assertEquals(array(event("1")), given.text(HOUR).strip());
        }
    }

    @Test
    void whatIsNoArrayIsLeftAlone() {
        for (String theirs : List.of("{\"eventId\":\"x\"}\n", "[{\"eventId\":\"x\"},{\"even", "[1,]", "text")) {
            given = new UploadFixture();
            uploader = uploader();
            given.plant(HOUR, utf8(theirs));
            post(given.spool, NODE, event("1"));
            send();
            assertEquals(theirs, given.text(HOUR));
            assertEquals(array(event("1")), given.text(BASE + "node_events/n1-2026-11-22-21"));
        }
    }

    @Test
    void linesThatAreNoEventsSpoilNoArray() {
        given.spool.plant("c_ns", NODE, "n1", START, false, utf8(event("1") + "\n{\"eventId\":\"torn\n" + event("2") + "\n\n17\n" + event("3") + "\n{\"a\":"));
        send();
        assertEquals(array(event("1"), event("2"), event("3")), given.text(HOUR));
        assertEquals(3, given.spool.usage().rejected());
    }

    @Test
    void filesThatThePeerCompressedAreUnpacked() {
        given.spool.plant("c_ns", NODE, "n1", START, true, gzip(event("1") + "\n", event("2") + "\n"));
        send();
        assertEquals(array(event("1"), event("2")), given.text(HOUR));
        assertEquals(List.of(), given.spool.files());
    }

    @Test
    void largeFilesGoThroughInPieces() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            lines.add("{\"eventId\":\"" + i + "\",\"sessionName\":\"session_1\",\"text\":\"" + "é".repeat(i * 1_777) + "\"}");
        }
        post(given.spool, NODE, lines.toArray(String[]::new));
        send();
        assertEquals(array(lines.toArray(String[]::new)), given.text(HOUR));
    }

    /** Whatever a store refuses, cuts off or fails to answer, and whenever the process begins anew. */
    @Test
    void noEventIsLostOrDoubled() {
        for (int round = 0; round < 150; round++) {
            long seed = 20261123L + round;
            try {
                life(new Random(seed));
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    private void life(Random random) {
        given = new UploadFixture(new InMemoryObjectStore(), SpoolSettings.DEFAULTS.withRotation(300, Duration.ofHours(1)));
        uploader = uploader();
        double faulty = random.nextDouble() * 0.9;
        given.store.faults = () -> random.nextDouble() < faulty ? Fault.values()[random.nextInt(4)] : Fault.NONE;
        List<String> posted = new ArrayList<>();
        for (int step = 0; step < 60; step++) {
            switch (random.nextInt(6)) {
                case 0, 1 -> {
                    posted.add("e" + posted.size());
                    post(given.spool, random.nextBoolean() ? NODE : JOB, event(posted.get(posted.size() - 1)));
                }
                case 2, 3 -> uploader.pass();
                case 4 -> given.pass(Duration.ofSeconds(random.nextInt(40)));
                default -> {
                    if (random.nextInt(3) == 0) {
                        given.spool.seal("");
                        uploader = random.nextBoolean() ? uploader : uploader();
                    }
                }
            }
        }
        given.store.faults = () -> Fault.NONE;
        given.pass(Duration.ofHours(1));
        assertEquals(0, uploader.finish(Duration.ofSeconds(1)));
        List<String> stored = new ArrayList<>();
        for (String name : given.names(BASE)) {
            assertTrue(name.endsWith("/n1-2026-11-22-20"), name);
            stored.addAll(ids(given.bytes(name)));
        }
        assertEquals(posted.stream().sorted().toList(), stored.stream().sorted().toList());
    }

    private List<String> ids(byte[] array) {
        List<String> ids = new ArrayList<>();
        try {
            splitter.split(new ByteArrayInputStream(array), new EventSplitter.Sink() {
                @Override
                public void event(EventSplitter.PostedEvent event) {
                    ids.add(event.eventId());
                }

                @Override
                public void rejected(String reason, byte[] start, int length) {
                    throw new AssertionError(reason);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ids;
    }
}
