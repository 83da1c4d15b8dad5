package io.rayhistory.application.read;

import io.rayhistory.application.port.InMemoryObjectStore;
import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.application.port.StoreFixture;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.id.ClusterRef;
import io.rayhistory.domain.id.SessionKey;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

final class StoredSessionLogsTest implements StoreFixture {
    private static final String LOGS = "cluster-history/raycluster/ns/c/s/n1/logs/";
    private final InMemoryObjectStore store = new InMemoryObjectStore();

    @Override
    public ObjectStore store() {
        return store;
    }

    private StoredSessionLogs logs() {
        SessionEntry entry = new SessionEntry(new SessionKey(ClusterRef.plain("ns", "c"), "s"), Optional.empty(), true);
        return new StoredSessionLogs(store, new SessionLocator(store, "").locate(entry));
    }

    private long startOf(String content, long start, long end, long lines) {
        ObjectInfo file = put(LOGS + "f", content);
        return logs().startOfLastLines(file, start, end, lines);
    }

    @Test
    void foldersAreListedAsLongAsAFileLiesBelow() {
        for (String name : List.of("raylet.out", "serve/a.log", "serve/deep/b.log", "old/x", ".hidden")) {
            put(LOGS + name, "x");
        }
        assertEquals(List.of("n1"), List.copyOf(logs().nodes()));
        assertEquals(List.of(".hidden", "old/", "raylet.out", "serve/"), logs().list("n1", "*"));
        assertEquals(List.of("serve/a.log", "serve/deep/"), logs().list("n1", "serve/*"));
        assertEquals(List.of(".hidden", "old/", "old/x", "raylet.out", "serve/", "serve/a.log", "serve/deep/", "serve/deep/b.log"),
                logs().list("n1", "**/*"));
        assertEquals(List.of(), logs().list("n2", "*"));
        assertThrows(HistoryException.class, () -> logs().list("n1", "../*"));
        assertThrows(HistoryException.class, () -> logs().list("n2", "/*"));
    }

    @Test
    void manyFilesAreAllListed() {
        for (int i = 0; i < 12_000; i++) {
            put(LOGS + "worker-" + i + ".out", "");
        }
        assertEquals(12_000, logs().list("n1", "*").size());
        assertEquals(1 + 10 + 100 + 1_000 + 2_000, logs().startingWith("n1", "worker-1").size());
    }

    @Test
    void namesByTheirBeginning() {
        for (String name : List.of("worker-ab-1.err", "worker-ab-1.out", "worker-abc.out", "worker-b.out", "x/worker-ab-1.out")) {
            put(LOGS + name, "x");
        }
        assertEquals(List.of("worker-ab-1.err", "worker-ab-1.out"), logs().startingWith("n1", "worker-ab-"));
        assertEquals(List.of(), logs().startingWith("n1", "none"));
        assertEquals(List.of(), logs().startingWith("n2", ""));
    }

    @Test
    void hostileNamesSimplyDoNotExist() {
        put(LOGS + "f", "x");
        StoredSessionLogs logs = logs();
        for (String name : List.of("", "..", "../f", "./f", "/f", "f/", "a/../f", "f\0", "\\f", "F")) {
            assertEquals(Optional.empty(), logs.find("n1", name), name);
            assertEquals(Optional.empty(), logs.find(name, "f"), name);
        }
        assertEquals(1, logs.find("n1", "f").orElseThrow().length());
    }

    @Test
    void theLastLinesAreCountedFromTheEnd() {
        assertEquals(4, startOf("a\nb\nc\n", 0, ObjectStore.TO_END, 1));
        assertEquals(2, startOf("a\nb\nc\n", 0, ObjectStore.TO_END, 2));
        assertEquals(4, startOf("a\nb\nc", 0, ObjectStore.TO_END, 1));
        assertEquals(0, startOf("a\nb\nc", 0, ObjectStore.TO_END, 3));
        assertEquals(0, startOf("a\nb\nc", 0, ObjectStore.TO_END, 99));
        assertEquals(0, startOf("a\nb\nc", 0, ObjectStore.TO_END, -1));
        assertEquals(5, startOf("a\nb\nc", 0, ObjectStore.TO_END, 0));
        assertEquals(2, startOf("a\n\n\n", 0, ObjectStore.TO_END, 2));
        assertEquals(0, startOf("", 0, ObjectStore.TO_END, 5));
        assertEquals(0, startOf("\n", 0, ObjectStore.TO_END, 1));
        assertEquals(1, startOf("\n\n", 0, ObjectStore.TO_END, 1));
    }

    @Test
    void theRangeEndsWhereItIsTold() {
        String text = "first\nsecond\nthird\n";
        assertEquals(6, startOf(text, 0, 13, 1));
        assertEquals(6, startOf(text, 0, 10, 1), "a line cut by the end counts");
        assertEquals(0, startOf(text, 0, 6, 1));
        assertEquals(8, startOf(text, 8, 13, 5), "never below the start");
        assertEquals(0, startOf(text, 0, 0, 5));
    }

    @Test
    void longFilesAreReadInBlocksWithTheSameResult() {
        long seed = 5;
        Random random = new Random(seed);
        StringBuilder made = new StringBuilder();
        while (made.length() < 700_000) {
            made.append("x".repeat(random.nextInt(random.nextInt(50) == 0 ? 150_000 : 300))).append('\n');
        }
        String text = made.append("no newline at the end").toString();
        ObjectInfo file = put(LOGS + "f", text);
        StoredSessionLogs logs = logs();
        for (int round = 0; round < 60; round++) {
            int end = random.nextInt(text.length() + 1);
            int start = random.nextInt(end + 1);
            int lines = 1 + random.nextInt(40);
            int expected = end;
            for (int left = lines; left > 0 && expected > start; left--) {
                expected = Math.max(start, text.lastIndexOf('\n', expected - 2) + 1);
            }
            assertEquals(expected, logs.startOfLastLines(file, start, end, lines),
                    "seed " + seed + ", round " + round + ": " + start + "-" + end + ", " + lines + " lines");
        }
    }

    @Test
    void aRangeIsReadByteForByte() {
        ObjectInfo file = put(LOGS + "f", "0123456789\n");
        assertEquals("345", logs().read(file, 3, 6, (stream, object) -> StoreFixture.utf8(stream)));
        assertEquals("9\n", logs().read(file, 9, ObjectStore.TO_END, (stream, object) -> StoreFixture.utf8(stream)));
        assertEquals("", logs().read(file, 6, 3, (stream, object) -> StoreFixture.utf8(stream)));
        assertEquals("", logs().read(file, 99, 200, (stream, object) -> StoreFixture.utf8(stream)));
    }

    @Test
    void aGrownFileIsReadAsFarAsItWasSeen() {
        put(LOGS + "f", "old\n");
        StoredSessionLogs logs = logs();
        ObjectInfo seen = logs.find("n1", "f").orElseThrow();
        put(LOGS + "f", "old\nnew\n");
        assertEquals("old\n", logs.read(seen, 0, ObjectStore.TO_END, (stream, object) -> StoreFixture.utf8(stream)));
        assertEquals(8, logs.find("n1", "f").orElseThrow().length());
        put(LOGS + "f", "o\n");
        fails(HistoryException.Kind.UNAVAILABLE, () -> logs.read(seen, 0, 4, (stream, object) -> "read"));
        store.delete(LOGS + "f");
        fails(HistoryException.Kind.MISSING, () -> logs.read(seen, 0, 4, (stream, object) -> "read"));
        assertEquals(Optional.empty(), logs.find("n1", "f"));
    }
}
