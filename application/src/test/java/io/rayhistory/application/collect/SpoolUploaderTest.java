package io.rayhistory.application.collect;

import io.rayhistory.application.collect.FaultyStore.Fault;
import io.rayhistory.application.port.EventSpool.Category;
import io.rayhistory.application.port.SpoolSettings;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import static io.rayhistory.application.collect.UploadFixture.BASE;
import static io.rayhistory.application.collect.UploadFixture.JOB;
import static io.rayhistory.application.collect.UploadFixture.MARKER;
import static io.rayhistory.application.collect.UploadFixture.NANOS;
import static io.rayhistory.application.collect.UploadFixture.NODE;
import static io.rayhistory.application.collect.UploadFixture.NODE_OBJECT;
import static io.rayhistory.application.collect.UploadFixture.START;
import static io.rayhistory.application.collect.UploadFixture.gzip;
import static io.rayhistory.application.collect.UploadFixture.utf8;
import static io.rayhistory.application.port.EventSpoolContract.post;
import static io.rayhistory.application.port.EventSpoolContract.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** When objects are written, under which names, and how they grow. */
final class SpoolUploaderTest {
    private static final Duration INTERVAL = UploadSettings.DEFAULTS.interval();

    private final UploadFixture given = new UploadFixture();

    @Test
    void aGrowingFileIsAGrowingObject() {
        SpoolUploader uploader = given.uploader();
        post(given.spool, NODE, "1", "2");
        uploader.pass();
        given.pass(INTERVAL.minusNanos(1));
        uploader.pass();
        assertEquals(List.of(), given.names(""));
        given.pass(Duration.ofNanos(1));
        uploader.pass();
        assertEquals("1\n2\n", given.text(NODE_OBJECT));
        post(given.spool, NODE, "3");
        uploader.pass();
        assertEquals("1\n2\n", given.text(NODE_OBJECT));
        given.pass(INTERVAL);
        uploader.pass();
        assertEquals("1\n2\n3\n", given.text(NODE_OBJECT));
        given.pass(INTERVAL);
        uploader.pass();
        assertEquals(List.of("putIfAbsent " + MARKER, "putIfAbsent " + NODE_OBJECT, "extend 4 " + NODE_OBJECT),
                given.store.calls());
        assertEquals(0, given.spool.unsentBytes());
        assertEquals(6, given.counts.plain.get());
        assertEquals(6, given.counts.stored.get());
    }

    @Test
    void aSealedFileIsSentAtOnceAndGoes() {
        SpoolUploader uploader = given.uploader();
        post(given.spool, NODE, "1");
        post(given.spool, JOB, "2");
        given.spool.seal("");
        uploader.pass();
        assertEquals(List.of(BASE + "job_events/01000000/n1-2026-11-22-20-" + (NANOS + 1) + ".jsonl", NODE_OBJECT), given.names(BASE));
        assertEquals(List.of(), given.spool.files());
    }

    @Test
    void aSessionIsListedBeforeItsEventsAreThere() {
        SpoolUploader uploader = given.uploader();
        post(given.spool, NODE, "1");
        given.sendAll(uploader);
        assertEquals("putIfAbsent " + MARKER, given.store.calls().get(0));
        post(given.spool, NODE, "1");
        given.sendAll(uploader);
        assertEquals(3, given.store.calls().size());
    }

    @Test
    void smallCommitsShareAGzipMember() {
        SpoolUploader uploader = given.uploader(UploadSettings.DEFAULTS.withGzip(true), Runnable::run);
        String large = "x".repeat(600_000);
        for (String line : List.of("{\"first\":1}", "{\"second\":2}", large, "{\"fourth\":4}", "{\"fifth\":5}")) {
            post(given.spool, NODE, line);
            uploader.pass();
            given.pass(INTERVAL);
            uploader.pass();
        }
        byte[] first = gzip("{\"first\":1}\n{\"second\":2}\n" + large + "\n");
        assertArrayEquals(gzip("{\"first\":1}\n{\"second\":2}\n" + large + "\n", "{\"fourth\":4}\n{\"fifth\":5}\n"),
                given.bytes(NODE_OBJECT + ".gz"));
        assertEquals(List.of("extend 0 " + NODE_OBJECT + ".gz", "extend 0 " + NODE_OBJECT + ".gz",
                "extend " + first.length + " " + NODE_OBJECT + ".gz", "extend " + first.length + " " + NODE_OBJECT + ".gz"),
                given.store.calls().subList(2, 6));
        assertEquals(given.bytes(NODE_OBJECT + ".gz").length, given.counts.stored.get());
    }

    @Test
    void filesOfAnUnknownNodeWait() {
        UploadFixture unknown = new UploadFixture();
        unknown.spool.plant("c_ns", NODE, "", START, false, utf8("1\n"));
        unknown.spool.plant("c_ns", NODE, "n1", START.plusSeconds(1), false, utf8("2\n"));
        assertEquals(2, unknown.uploader().finish(Duration.ofSeconds(60)));
        assertEquals(1, unknown.names(BASE).size());
    }

    @Test
    void whatOtherClustersLeftGoesToThem() {
        given.spool.plant("other_name_space-2", JOB, "n9", START, false, utf8("1\n"));
        given.uploader().pass();
        assertEquals(List.of("ray/cluster-history/raycluster/space-2/other_name/session_1/n9/job_events/01000000/n9-2026-11-22-20-"
                + NANOS + ".jsonl", "ray/cluster-metadata/raycluster/space-2_other_name/session_1"), given.names(""));
    }

    @Test
    void filesThatThePeerCompressedAreStoredAsTheyAre() {
        byte[] packed = gzip("1\n2\n");
        given.spool.plant("c_ns", NODE, "n1", START, true, packed);
        given.spool.plant("c_ns", NODE, "n1", START.plusNanos(7), true, packed);
        given.uploader(UploadSettings.DEFAULTS.withGzip(true), Runnable::run).pass();
        assertEquals("1\n2\n", given.text(NODE_OBJECT + ".gz"));
        assertEquals(packed.length, given.bytes(NODE_OBJECT + ".gz").length);
        assertEquals(List.of(), given.spool.files());
    }

    @Test
    void pausesGrowAndEndWithSuccess() {
        SpoolUploader uploader = given.uploader();
        given.store.faults = () -> Fault.REFUSED;
        post(given.spool, NODE, "1");
        given.spool.seal("");
        for (int second = 0; second < 300; second++) {
            uploader.pass();
            given.pass(Duration.ofSeconds(1));
        }
        // At 0, 1, 3, 7, 15, 31 s, then after at most a minute.
        int tries = given.counts.failed.get();
        assertTrue(tries >= 9 && tries <= 14, tries + " tries");
        assertEquals(2, given.spool.unsentBytes());
        given.store.faults = () -> Fault.NONE;
        given.pass(Duration.ofMinutes(1));
        uploader.pass();
        assertEquals("1\n", given.text(NODE_OBJECT));
    }

    @Test
    void theOldestGoFirstAndOnlySoManyAtOnce() throws Exception {
        ExecutorService workers = Executors.newFixedThreadPool(8);
        try {
            SpoolUploader uploader = given.uploader(UploadSettings.DEFAULTS, workers);
            for (int i = 0; i < 20; i++) {
                post(given.spool, new Category("session_1", "0" + i), "x");
            }
            given.spool.seal("");
            given.store.hang = new CountDownLatch(1);
            for (int i = 0; i < 5; i++) {
                uploader.pass();
            }
            for (int i = 0; i < 10_000 && given.store.mostBusy() < 2; i++) {
                Thread.sleep(1);
            }
            given.store.hang.countDown();
            given.store.hang = null;
            assertEquals(0, uploader.finish(Duration.ofSeconds(60)));
            assertEquals(2, given.store.mostBusy());
        } finally {
            workers.shutdown();
            assertTrue(workers.awaitTermination(10, TimeUnit.SECONDS));
        }
        assertEquals(20, given.names(BASE).size());
    }

    @Test
    void finishingSealsAndSendsAllWithoutPauses() {
        SpoolUploader uploader = given.uploader();
        post(given.spool, NODE, "1");
        given.store.faults = new Supplier<>() {
            private int asked;

            @Override
            public Fault get() {
                return asked++ < 4 ? Fault.CUT : Fault.NONE;
            }
        };
        given.eachLook = Duration.ofMillis(40);
        assertEquals(0, uploader.finish(Duration.ofSeconds(60)));
        assertEquals("1\n", given.text(NODE_OBJECT));
    }

    @Test
    void finishingEndsWithItsBudgetAndTellsWhatIsLeft() {
        post(given.spool, NODE, "123");
        given.store.faults = () -> Fault.REFUSED;
        given.eachLook = Duration.ofMillis(500);
        assertEquals(4, given.uploader().finish(Duration.ofSeconds(25)));
        assertEquals("123\n", text(given.spool, given.spool.files().get(0)));
    }

    @Test
    void droppedFilesAreNoFailure() {
        UploadFixture small = new UploadFixture(SpoolSettings.DEFAULTS.withLimit(4, SpoolSettings.Overflow.DROP_OLDEST));
        SpoolUploader uploader = small.uploader(UploadSettings.DEFAULTS, task -> {
            small.spool.plant("c_ns", JOB, "n1", Instant.EPOCH, false, utf8("12\n"));
            post(small.spool, NODE, "next", "and more than fits");
            task.run();
        });
        post(small.spool, NODE, "1");
        small.spool.seal("");
        uploader.pass();
        assertEquals(0, small.counts.failed.get());
        assertEquals(List.of(), small.names(BASE));
    }
}
