package io.rayhistory.application.collect;

import io.rayhistory.adapters.filesystem.DirectoryRayFolder;
import io.rayhistory.application.port.InMemoryObjectStore;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.domain.id.ClusterRef;
import io.rayhistory.domain.layout.StorageLayout;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

final class PreviousLogsTest {
    private static final String STORED = "cluster-history/raycluster/default/demo/session_0/aa/logs/";

    @TempDir
    private Path root;
    private final InMemoryObjectStore store = new InMemoryObjectStore();
    private final List<String> announced = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-22T20:00:00Z");
    private Path previous;
    private Path completed;

    @BeforeEach
    void folders() {
        previous = root.resolve("prev-logs/session_0/aa/logs");
        completed = root.resolve("persist-complete-logs/session_0/aa/logs");
    }

    private PreviousLogs logs(ObjectStore target) {
        return new PreviousLogs(new DirectoryRayFolder(root), target, StorageLayout.clusterHistory(""), ClusterRef.plain("default", "demo"), true,
                node -> announced.add(node.session() + " " + node.nodeId()), () -> now);
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void put(String name, String text) {
        store.put(name, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private String stored(String path) {
        return store.read(STORED + path, 0, ObjectStore.TO_END, "", (in, is) -> new String(in.readAllBytes(), StandardCharsets.UTF_8)).orElse("absent");
    }

    @Test
    void whatIsNotRecordedAsSentIsSentAndMovedAndTheRestIsNot() throws IOException {
        write(previous.resolve("file2.log"), "two");
        write(previous.resolve("events/event_GCS.log"), "three");
        write(previous.resolve("file1.log"), "one");
        write(completed.resolve("file1.log"), "one");
        Files.createSymbolicLink(previous.resolve("link.log"), previous.resolve("file2.log"));
        logs(store).work();
        assertEquals(List.of("session_0 aa"), announced);
        assertEquals("two", stored("file2.log"));
        assertEquals("three", stored("events/event_GCS.log"));
        assertEquals("absent", stored("file1.log"));
        assertEquals("absent", stored("link.log"));
        assertEquals("two", Files.readString(completed.resolve("file2.log")));
        assertFalse(Files.exists(root.resolve("prev-logs/session_0/aa")));
    }

    @Test
    void nothingLeavesBeforeTheStoreHasIt() throws IOException {
        write(previous.resolve("a.log"), "a");
        write(previous.resolve("b.log"), "b");
        boolean[] away = {true};
        PreviousLogs logs = logs(new RefusingStore(store, name -> away[0] && name.endsWith("b.log")));
        logs.work();
        assertEquals("b", Files.readString(previous.resolve("b.log")));
        assertEquals(1, logs.unsentBytes());
        away[0] = false;
        logs.work();
        assertEquals("absent", stored("b.log"), "it pauses after a failure");
        now = now.plusSeconds(6);
        logs.work();
        assertEquals("b", stored("b.log"));
        assertEquals(0, logs.unsentBytes());
        assertFalse(Files.exists(root.resolve("prev-logs/session_0")) && Files.exists(previous));
    }

    @Test
    void beginningThatWasSentWhileTheSessionLivedIsCompleted() throws IOException {
        put(STORED + "raylet.out", "first\n");
        write(previous.resolve("raylet.out"), "first\nlast\n");
        logs(store).work();
        assertEquals("first\nlast\n", stored("raylet.out"));
    }

    @Test
    void otherContentUnderTheNameIsLeftAloneAndLongerContentIsEnough() throws IOException {
        put(STORED + "a.log", "other");
        put(STORED + "a.log.1", "mine too");
        put(STORED + "b.log", "whole and more");
        write(previous.resolve("a.log"), "mine");
        write(previous.resolve("b.log"), "whole");
        logs(store).work();
        assertEquals("other", stored("a.log"));
        assertEquals("mine too", stored("a.log.1"));
        assertEquals("absent", stored("a.log.2"));
        assertEquals("whole and more", stored("b.log"));
        assertTrue(Files.exists(completed.resolve("a.log")));
    }

    @Test
    void recordOfWhatWasSentDoesNotGrowForEver() throws IOException {
        write(completed.resolve("old.log"), "sent long ago");
        now = Instant.now().plusSeconds(25 * 3600);
        logs(store).work();
        assertFalse(Files.exists(completed.resolve("old.log")));
    }
}
