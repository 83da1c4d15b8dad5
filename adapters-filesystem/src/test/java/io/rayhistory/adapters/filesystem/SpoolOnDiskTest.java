package io.rayhistory.adapters.filesystem;

import io.rayhistory.application.port.EventSpool;
import io.rayhistory.application.port.EventSpool.Batch;
import io.rayhistory.application.port.EventSpool.Category;
import io.rayhistory.application.port.SpoolFile;
import io.rayhistory.application.port.SpoolSettings;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.id.ClusterRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import static io.rayhistory.application.port.EventSpoolContract.JOB;
import static io.rayhistory.application.port.EventSpoolContract.NODE;
import static io.rayhistory.application.port.EventSpoolContract.append;
import static io.rayhistory.application.port.EventSpoolContract.post;
import static io.rayhistory.application.port.EventSpoolContract.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What {@link FileEventSpool} leaves on the disk, and what it does when the disk fails. */
final class SpoolOnDiskTest {
    private static final ClusterRef CLUSTER = ClusterRef.plain("ns", "c");
    private static final Instant START = Instant.parse("2026-11-22T20:21:16.5Z");
    private static final long NANOS = START.getEpochSecond() * 1_000_000_000L + START.getNano();

    @TempDir
    Path data;
    private final List<EventSpool> opened = new ArrayList<>();
    private final FailingDisk disk = new FailingDisk();

    @AfterEach
    void close() {
        opened.forEach(EventSpool::close);
    }

    private EventSpool spool(SpoolSettings settings) {
        EventSpool spool = new FileEventSpool(data, CLUSTER, settings, () -> START, disk);
        opened.add(spool);
        return spool;
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(data)) {
            return all.filter(Files::isRegularFile).map(file -> data.relativize(file).toString())
                    .filter(name -> !name.equals("lock")).sorted().toList();
        }
    }

    @Test
    void filesLieWhereThePeersLie() throws IOException {
        EventSpool spool = spool(SpoolSettings.DEFAULTS);
        spool.nodeIs("", "n1");
        post(spool, NODE, "x");
        post(spool, JOB, "y");
        assertEquals(List.of("c_ns/session_1/job_events/01000000/n1_" + (NANOS + 1) + ".jsonl",
                "c_ns/session_1/node_events/n1_" + NANOS + ".jsonl"), files());
        assertEquals("x\n", Files.readString(data.resolve(files().get(1))));
    }

    @Test
    void aHeaderSaysThatTheNodeIsUnknown() throws IOException {
        EventSpool spool = spool(SpoolSettings.DEFAULTS);
        post(spool, NODE, "early");
        assertEquals(2, files().size());
        assertTrue(files().get(0).matches("c_ns/session_1/node_events/[0-9a-f]{32}_" + NANOS + ".header"), files().get(0));
        spool.nodeIs("session_1", "n1");
        assertEquals(List.of("c_ns/session_1/node_events/n1_" + NANOS + ".jsonl"), files());
        post(spool, NODE, "later");
        assertEquals("early\nlater\n", Files.readString(data.resolve(files().get(0))));
    }

    @Test
    void confirmedFilesAreDeleted() throws IOException {
        EventSpool spool = spool(SpoolSettings.DEFAULTS);
        post(spool, NODE, "x");
        spool.seal("");
        SpoolFile file = spool.files().get(0);
        spool.confirm(file, file.committed());
        assertEquals(List.of(), files());
    }

    @Test
    void aFileThatSomebodyDeletedIsGivenUpAndCounted() throws IOException {
        EventSpool spool = spool(SpoolSettings.DEFAULTS);
        spool.nodeIs("", "n1");
        post(spool, NODE, "x");
        Files.delete(data.resolve(files().get(0)));
        assertEquals(Optional.empty(), spool.read(spool.files().get(0), 0, 2, range -> "read"));
        assertEquals(2, spool.usage().droppedBytes());
        post(spool, NODE, "next");
        assertEquals("next\n", text(spool, spool.files().get(0)));
    }

    @Test
    void aFailedWriteIsRolledBackToTheLastCommit() throws IOException {
        EventSpool spool = spool(SpoolSettings.DEFAULTS);
        post(spool, NODE, "kept");
        disk.failAt = 8;
        assertUnavailable(() -> post(spool, NODE, "torn after three bytes"));
        assertEquals("kept\n", text(spool, spool.files().get(0)));
        assertEquals("kept\n", Files.readString(data.resolve(files().get(1))));
        assertEquals(1, spool.usage().rolledBack());
        disk.failAt = Long.MAX_VALUE;
        post(spool, NODE, "next");
        assertEquals("kept\nnext\n", text(spool, spool.files().get(0)));
        assertEquals("kept\nnext\n", Files.readString(data.resolve(files().get(1))));
    }

    @Test
    void aRollBackThatFailsIsMadeUpForBeforeTheNextWrite() throws IOException {
        EventSpool spool = spool(SpoolSettings.DEFAULTS);
        post(spool, NODE, "kept");
        disk.failAt = 8;
        disk.truncates = false;
        assertUnavailable(() -> post(spool, NODE, "torn"));
        assertEquals("kept\ntor", Files.readString(data.resolve(files().get(1))));
        assertEquals("kept\n", text(spool, spool.files().get(0)));
        disk.failAt = Long.MAX_VALUE;
        assertUnavailable(() -> post(spool, NODE, "x"));
        disk.truncates = true;
        post(spool, NODE, "y");
        assertEquals("kept\ny\n", Files.readString(data.resolve(files().get(1))));
    }

    @Test
    void aBatchOfManyFilesIsRolledBackInAllOfThem() {
        EventSpool spool = spool(new SpoolSettings(1 << 20, SpoolSettings.Overflow.REJECT, SpoolSettings.Fsync.NEVER, 1 << 20,
                Duration.ofHours(1), 1 << 20, 2, 100));
        for (int i = 0; i < 5; i++) {
            post(spool, new Category("s", "j" + i), "kept");
        }
        disk.failAt = 12;
        assertUnavailable(() -> {
            try (Batch batch = spool.begin()) {
                for (int i = 0; i < 5; i++) {
                    append(batch, new Category("s", "j" + i), i < 4 ? "short" : "longer than the disk");
                }
                batch.commit();
            }
        });
        disk.failAt = Long.MAX_VALUE;
        for (SpoolFile file : spool.files()) {
            assertEquals("kept\n", text(spool, file));
        }
        post(spool, new Category("s", "j0"), "next");
        assertEquals("kept\nnext\n", text(spool, spool.files().get(0)));
    }

    @Test
    void fewFilesAreOpenAtOnceAndFewMayGrow() {
        EventSpool spool = spool(new SpoolSettings(1 << 20, SpoolSettings.Overflow.REJECT, SpoolSettings.Fsync.ALWAYS, 1 << 20,
                Duration.ofHours(1), 1 << 20, 3, 10));
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 20; i++) {
                post(spool, new Category("s", "j" + i % 10), "round " + round);
            }
        }
        assertTrue(disk.mostOpen <= 4, "open at once: " + disk.mostOpen);
        assertEquals(10, spool.files().size());
        post(spool, new Category("s", "one-more"), "x");
        assertEquals(11, spool.files().size());
    }

    @Test
    void theLeastRecentlyWrittenFileIsSealedWhenTooManyGrow() {
        EventSpool spool = spool(new SpoolSettings(1 << 20, SpoolSettings.Overflow.REJECT, SpoolSettings.Fsync.INTERVAL, 1 << 20,
                Duration.ofHours(1), 1 << 20, 8, 2));
        post(spool, new Category("s", "a"), "x");
        post(spool, new Category("s", "b"), "x");
        post(spool, new Category("s", "a"), "x");
        post(spool, new Category("s", "c"), "x");
        assertEquals(List.of("b"), spool.files().stream().filter(file -> !file.active()).map(file -> file.category().jobId()).toList());
    }

    @Test
    void fsyncFollowsItsPolicy() {
        EventSpool always = spool(SpoolSettings.DEFAULTS.withFsync(SpoolSettings.Fsync.ALWAYS));
        post(always, NODE, "x");
        assertEquals(1, disk.forced);
        always.close();
        EventSpool interval = spool(SpoolSettings.DEFAULTS);
        post(interval, NODE, "x");
        assertEquals(1, disk.forced);
        interval.tick();
        interval.tick();
        assertEquals(2, disk.forced);
        post(interval, NODE, "x");
        interval.tick();
        assertEquals(3, disk.forced);
        interval.close();
        EventSpool never = spool(SpoolSettings.DEFAULTS.withFsync(SpoolSettings.Fsync.NEVER));
        post(never, NODE, "x");
        never.tick();
        never.seal("");
        assertEquals(3, disk.forced);
    }

    @Test
    void confirmedBytesThatFillTheDiskAreSealedAway() throws IOException {
        EventSpool spool = spool(SpoolSettings.DEFAULTS.withLimit(100, SpoolSettings.Overflow.REJECT));
        post(spool, NODE, "x".repeat(59));
        SpoolFile file = spool.files().get(0);
        spool.confirm(file, file.committed());
        assertEquals(60, spool.usage().diskBytes());
        spool.tick();
        assertEquals(0, spool.usage().diskBytes());
        assertEquals(List.of(), files());
    }

    @Test
    void aSlowDiskIsAnsweredInTime() throws Exception {
        EventSpool spool = spool(SpoolSettings.DEFAULTS);
        post(spool, NODE, "before");
        CountDownLatch repaired = new CountDownLatch(1);
        disk.wait = repaired;
        long start = System.nanoTime();
        assertUnavailable(() -> post(spool, NODE, "written late"));
        assertTrue(System.nanoTime() - start < Duration.ofSeconds(20).toNanos(), "the caller came back although the disk did not");
        assertUnavailable(spool::begin);
        assertEquals(7, spool.unsentBytes());
        disk.wait = null;
        repaired.countDown();
        spool.seal("");
        assertEquals("before\nwritten late\n", text(spool, spool.files().get(0)));
    }

    @Test
    void aBatchTooLargeForMemoryWaitsInAFile() throws IOException {
        EventSpool spool = spool(SpoolSettings.DEFAULTS);
        String line = "0123456789".repeat(20_000);
        try (Batch batch = spool.begin(); Batch given = spool.begin()) {
            for (int i = 0; i < 40; i++) {
                append(batch, i % 3 == 0 ? JOB : NODE, i + line);
                append(given, NODE, line);
            }
            assertEquals(2, files().size());
            batch.commit();
            assertEquals(1, files().stream().filter(name -> name.startsWith("staging/")).count());
        }
        assertEquals(List.of(), files().stream().filter(name -> name.startsWith("staging/")).toList());
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            expected.append(i % 3 == 0 ? "" : i + line + "\n");
        }
        SpoolFile node = spool.files().stream().filter(file -> file.category().equals(NODE)).findFirst().orElseThrow();
        assertEquals(expected.toString(), text(spool, node));
    }

    @Test
    void aFolderThatCannotBeUsedIsTriedAgain() throws IOException {
        Path file = Files.writeString(data.resolve("file"), "in the way");
        FileEventSpool spool = new FileEventSpool(file, CLUSTER, SpoolSettings.DEFAULTS, () -> START);
        opened.add(spool);
        assertUnavailable(spool::begin);
        spool.tick();
        spool.reject("reason", new byte[] {'x'}, 0, 1);
        assertEquals(1, spool.usage().rejectedLost());
        Files.delete(file);
        post(spool, NODE, "x");
        assertEquals("x\n", text(spool, spool.files().get(0)));
    }

    @Test
    void aFolderHasOneSpool() {
        EventSpool first = spool(SpoolSettings.DEFAULTS);
        post(first, NODE, "x");
        EventSpool second = spool(SpoolSettings.DEFAULTS);
        assertUnavailable(second::begin);
        first.close();
        assertEquals("x\n", text(second, second.files().get(0)));
        assertFalse(second.files().get(0).active());
    }

    private static void assertUnavailable(Runnable action) {
        HistoryException failure = assertThrows(HistoryException.class, action::run);
        assertEquals(HistoryException.Kind.UNAVAILABLE, failure.kind());
    }
}
