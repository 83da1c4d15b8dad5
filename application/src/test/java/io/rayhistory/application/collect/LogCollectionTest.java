package io.rayhistory.application.collect;

import io.rayhistory.application.collect.FaultyObjectStore.Fault;
import io.rayhistory.application.port.InMemoryObjectStore;
import io.rayhistory.application.port.ObjectInfo;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

final class LogCollectionTest {
    private final InMemoryRayFolder files = new InMemoryRayFolder();
    private final InMemoryObjectStore memory = new InMemoryObjectStore();
    private Fault fault = Fault.NONE;
    private final FaultyObjectStore store = new FaultyObjectStore(memory, () -> fault);
    private final LogRig rig = new LogRig(files, new InMemoryJournals(), store, LogSettings.usual());

    private void append(String path, String text) {
        files.append(path, text.getBytes(StandardCharsets.UTF_8));
    }

    private Map<String, String> stored() {
        Map<String, String> texts = new TreeMap<>();
        rig.stored(memory).forEach((path, content) -> texts.put(path, new String(content, StandardCharsets.UTF_8)));
        return texts;
    }

    private ObjectInfo plant(String path, String text) {
        memory.plant(rig.name(path), text.getBytes(StandardCharsets.UTF_8));
        return memory.find(rig.name(path)).orElseThrow();
    }

    @Test
    void emptyFilesAreStoredToo() {
        append("raylet.err", "");
        rig.settle();
        assertEquals(Map.of("raylet.err", ""), stored());
    }

    /** P2: with the usual settings and a store that is well, also after hours in which nothing grew. */
    @Test
    void aByteIsStoredWithinTenSeconds() {
        append("raylet.out", "first\n");
        Duration pause = rig.logs().scan();
        for (int i = 0; i < 100; i++) {
            rig.pass(pause);
            pause = rig.logs().scan();
        }
        append("raylet.out", "second\n");
        Duration waited = pause;
        for (rig.pass(pause); !stored().equals(Map.of("raylet.out", "first\nsecond\n")); rig.pass(pause)) {
            pause = rig.logs().scan();
            waited = waited.plus(pause);
            assertTrue(waited.compareTo(Duration.ofSeconds(20)) < 0, "never stored");
        }
        assertTrue(waited.minus(pause).compareTo(Duration.ofSeconds(9)) <= 0, "stored after " + waited.minus(pause));
    }

    @Test
    void muchGrowthIsNotWaitedFor() {
        append("raylet.out", "x".repeat(256 << 10));
        rig.scan();
        assertEquals(256 << 10, stored().get("raylet.out").length());
    }

    @Test
    void largeFilesAreExtendedNotSentAgain() {
        append("raylet.out", "a".repeat(5 << 20));
        rig.settle();
        long before = rig.logs().stats().sentBytes();
        append("raylet.out", "tail\n");
        rig.settle();
        assertEquals(5, rig.logs().stats().sentBytes() - before);
        assertTrue(stored().get("raylet.out").endsWith("aatail\n"));
    }

    @Test
    void aDeletedFileIsReadToItsEnd() {
        append("worker.out", "before\n");
        rig.scan();
        append("worker.out", "last words\n");
        files.delete("worker.out");
        rig.settle();
        assertEquals(Map.of("worker.out", "before\nlast words\n"), stored());
        assertEquals(0, rig.logs().stats().lostBytes());
    }

    /** Ray's log monitor moves the files of dead workers there. */
    @Test
    void aMovedFileKeepsItsObject() {
        append("worker.out", "before\n");
        rig.settle();
        files.rename("worker.out", "old/worker.out");
        append("old/worker.out", "after\n");
        rig.settle();
        assertEquals(Map.of("worker.out", "before\nafter\n"), stored());
    }

    @Test
    void rotatedFilesAreArchivedOldestFirst() {
        append("raylet.out", "one\n");
        rig.settle();
        append("raylet.out", "one's tail\n");
        files.rename("raylet.out", "raylet.1.out");
        append("raylet.out", "two\n");
        rig.settle();
        files.rename("raylet.1.out", "raylet.2.out");
        files.rename("raylet.out", "raylet.1.out");
        append("raylet.out", "three\n");
        rig.settle();
        assertEquals(Map.of("raylet.out.1", "one\none's tail\n", "raylet.out.2", "two\n", "raylet.out", "three\n"), stored());
    }

    /** A pod may be killed for good at any of these moments. */
    @Test
    void aRotatedFileIsNotStoredTwiceUntilTheNextOneGrows() {
        append("worker.out", "first\n");
        rig.settle();
        append("worker.out", "second\n");
        rig.scan();
        rig.scan();
        rig.scan();
        files.rename("worker.out", "worker.out.1");
        append("worker.out", "third\n");
        for (int look = 0; look < 12; look++) {
            rig.scan();
            String all = stored().getOrDefault("worker.out.1", "") + stored().get("worker.out");
            assertTrue("first\nsecond\nthird\n".startsWith(all), all);
        }
        assertEquals(Map.of("worker.out.1", "first\nsecond\n", "worker.out", "third\n"), stored());
    }

    @Test
    void rotationsFromBeforeTheStartAreNumberedByAge() {
        append("dashboard.log.2", "oldest\n");
        append("dashboard.log.1", "older\n");
        append("dashboard.log", "now\n");
        rig.settle();
        assertEquals(Map.of("dashboard.log.1", "oldest\n", "dashboard.log.2", "older\n", "dashboard.log", "now\n"), stored());
    }

    @Test
    void aSmallRewrittenFileReplacesItsObject() {
        append("debug_state.txt", "state one, which is long\n");
        rig.settle();
        files.rewrite("debug_state.txt", "state two\n".getBytes(StandardCharsets.UTF_8));
        rig.settle();
        assertEquals(Map.of("debug_state.txt", "state two\n"), stored());
    }

    @Test
    void aLargeRewrittenFileIsArchived() {
        append("raylet.out", "a".repeat((1 << 20) + 1));
        rig.settle();
        files.rewrite("raylet.out", "anew\n".getBytes(StandardCharsets.UTF_8));
        rig.settle();
        assertEquals("anew\n", stored().get("raylet.out"));
        assertEquals((1 << 20) + 1, stored().get("raylet.out.1").length());
    }

    @Test
    void aTruncatedFileKeepsItsObjectUntilThereIsMore() {
        append("debug_state.txt", "state\n");
        rig.settle();
        files.rewrite("debug_state.txt", new byte[0]);
        rig.settle();
        assertEquals(Map.of("debug_state.txt", "state\n"), stored());
    }

    /** P4. */
    @Test
    void nothingCountsAsSentBeforeTheStoreSaysSo() {
        fault = Fault.REFUSED;
        append("raylet.out", "text\n");
        rig.settle();
        assertEquals(5, rig.logs().stats().unsentBytes());
        assertTrue(rig.logs().stats().oldest().compareTo(Duration.ofSeconds(5)) > 0);
        assertEquals(5, rig.logs().flush(Duration.ofMillis(200)));
        fault = Fault.NONE;
        assertEquals(0, rig.logs().flush(Duration.ofSeconds(5)));
        assertEquals(Map.of("raylet.out", "text\n"), stored());
    }

    @Test
    void whatAnotherWriterStoredOfAFileIsAdopted() {
        plant("raylet.out", "begin");
        append("raylet.out", "begin and end\n");
        rig.settle();
        assertEquals(Map.of("raylet.out", "begin and end\n"), stored());
        assertEquals(1, rig.logs().stats().adopted());
    }

    @Test
    void anObjectThatGoesOnBehindTheFileIsLeftAlone() {
        ObjectInfo longer = plant("raylet.out", "begin and end\n");
        append("raylet.out", "begin");
        rig.settle();
        assertEquals(longer, memory.find(rig.name("raylet.out")).orElseThrow());
        append("raylet.out", " and end\nmore\n");
        rig.settle();
        assertEquals(Map.of("raylet.out", "begin and end\nmore\n"), stored());
    }

    @Test
    void anotherContentIsNeverReplaced() {
        plant("raylet.out", "from somewhere else\n");
        plant("raylet.out.1", "from there too\n");
        append("raylet.out", "ours\n");
        rig.settle();
        assertEquals(Map.of("raylet.out", "from somewhere else\n", "raylet.out.1", "from there too\n", "raylet.out.2", "ours\n"), stored());
    }

    @Test
    void aSessionThatIsOverIsSentAtOnceAndLetGo() {
        append("raylet.out", "text\n");
        rig.logs().end(LogRig.KEY, LogRig.NODE);
        rig.scan();
        assertEquals(Map.of("raylet.out", "text\n"), stored());
        rig.settle();
        rig.settle();
        assertEquals(0, files.open());
        assertEquals(0, rig.logs().stats().files());
        assertEquals(List.of(LogRig.NODE), rig.logs().knownNodes(LogRig.SESSION));
    }

    @Test
    void filesOfARestartedRayletLieUnderItsId() {
        append("worker-1.out", "one\n");
        rig.settle();
        rig.logs().open(LogRig.KEY, "ab".repeat(28));
        append("worker-1.out", "more\n");
        append("worker-2.out", "two\n");
        rig.settle();
        assertEquals(Map.of("worker-1.out", "one\nmore\n"), stored());
        assertTrue(memory.find(rig.name("worker-2.out").replace(LogRig.NODE, "ab".repeat(28))).isPresent());
    }

    @Test
    void awkwardNamesAreEscaped() {
        append("a\\b\u0007.", "text\n");
        rig.settle();
        assertEquals(Map.of("a%5Cb%07%2E", "text\n"), stored());
    }

    /** P5. */
    @Test
    void noMoreFilesAreOpenThanAllowed() {
        LogRig small = new LogRig(files, new InMemoryJournals(), store, LogRig.small(3));
        IntStream.range(0, 50).forEach(i -> append("worker-" + i + ".out", "text\n"));
        for (int i = 0; i < 10; i++) {
            small.scan();
            assertTrue(files.open() <= 3, files.open() + " are open");
        }
        assertEquals(50, stored().size());
    }
}
