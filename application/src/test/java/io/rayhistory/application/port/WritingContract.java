package io.rayhistory.application.port;

import io.rayhistory.domain.HistoryException.Kind;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The part of {@link ObjectStoreContract} about putting, deleting and copying. */
public interface WritingContract extends StoreFixture {

    @Test
    default void aPutReplaces() {
        put("p", "a longer first content");
        put("p", "second");
        assertEquals("second", text("p"));
        assertEquals(List.of("p"), names(""));
    }

    @Test
    default void theEtagChangesWithTheContent() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            assertTrue(seen.add(put("e", "same length " + (char) ('a' + i % 26)).etag()), "round " + i);
        }
        assertEquals(store().find("e").orElseThrow().etag(), store().find("e").orElseThrow().etag());
    }

    @Test
    default void aBrokenSourceLeavesTheOldContent() {
        put("b", "old");
        fails(Kind.UNAVAILABLE, () -> store().put("b", StoreFixture.broken("half of the n")));
        fails(Kind.UNAVAILABLE, () -> store().put("fresh", StoreFixture.broken("half")));
        fails(Kind.UNAVAILABLE, () -> store().putIfAbsent("fresh", StoreFixture.broken("half")));
        assertEquals("old", text("b"));
        assertEquals(List.of("b"), names(""));
    }

    @Test
    default void aReaderKeepsWhatItReadsWhileAWriterReplaces() {
        String old = "old ".repeat(50_000);
        put("busy", old);
        String read = store().read("busy", 0, ObjectStore.TO_END, "", (stream, object) -> {
            String start = new String(stream.readNBytes(4), StandardCharsets.UTF_8);
            put("busy", "new");
            return start + StoreFixture.utf8(stream);
        }).orElseThrow();
        assertEquals(old, read);
        assertEquals("new", text("busy"));
    }

    @Test
    default void putIfAbsentLeavesAnExistingObjectAlone() {
        ObjectInfo first = store().putIfAbsent("once", StoreFixture.stream("first")).orElseThrow();
        assertEquals(Optional.empty(), store().putIfAbsent("once", StoreFixture.stream("second")));
        assertEquals("first", StoreFixture.textOf(store(), first));
        assertTrue(store().putIfAbsent("once/below", StoreFixture.stream("")).isPresent());
    }

    @Test
    default void oneOfManyConcurrentPutIfAbsentWins() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 10; round++) {
                String name = "race/" + round;
                List<Callable<Optional<ObjectInfo>>> rivals = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    String text = "rival " + i;
                    rivals.add(() -> store().putIfAbsent(name, StoreFixture.stream(text)));
                }
                List<ObjectInfo> winners = new ArrayList<>();
                for (Future<Optional<ObjectInfo>> rival : threads.invokeAll(rivals)) {
                    rival.get().ifPresent(winners::add);
                }
                assertEquals(1, winners.size(), name);
                assertTrue(StoreFixture.textOf(store(), winners.get(0)).startsWith("rival "));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    default void concurrentPutsOfManyNamesAllArrive() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<ObjectInfo>> writers = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                String name = "c/" + i % 10 + (i % 2 == 0 ? "" : "/" + i);
                writers.add(() -> put(name, name));
            }
            for (Future<ObjectInfo> written : threads.invokeAll(writers)) {
                written.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(5 + 50, names("c/").size());
        names("c/").forEach(name -> assertEquals(name, text(name)));
    }

    @Test
    default void deleteTellsWhetherThereWasOne() {
        put("d/x", "x");
        assertFalse(store().delete("d"));
        assertTrue(store().delete("d/x"));
        assertFalse(store().delete("d/x"));
        assertEquals(Optional.empty(), store().find("d/x"));
        put("d", "a file where a folder was");
        assertEquals(List.of("d"), names(""));
    }

    @Test
    default void aDeletedObjectDoesNotTakeItsNamesakesFolder() {
        put("n", "object");
        put("n/m", "below");
        assertTrue(store().delete("n"));
        assertEquals(List.of("n/m"), names(""));
        put("n", "again");
        assertTrue(store().delete("n/m"));
        assertEquals(List.of("n"), names(""));
    }

    @Test
    default void aCopyReplacesItsTarget() {
        put("from", "content");
        put("to/target", "old");
        ObjectInfo copy = store().copy("from", "to/target").orElseThrow();
        assertEquals("to/target", copy.name());
        assertEquals("content", StoreFixture.textOf(store(), copy));
        assertEquals("content", text("from"));
        put("from", "changed");
        assertEquals("content", text("to/target"));
    }

    @Test
    default void aCopyOfNothingIsEmptyAndLeavesTheTarget() {
        ObjectInfo target = put("t", "kept");
        assertEquals(Optional.empty(), store().copy("nothing", "t"));
        assertEquals(target, store().find("t").orElseThrow());
        assertEquals(Optional.empty(), store().copy("nothing", "t2"));
        assertEquals(List.of("t"), names(""));
    }

    @Test
    default void aCopyOntoItselfKeepsTheContent() {
        put("self", "content");
        store().copy("self", "self").orElseThrow();
        assertEquals("content", text("self"));
        assertNotEquals(0, store().find("self").orElseThrow().length());
    }
}
