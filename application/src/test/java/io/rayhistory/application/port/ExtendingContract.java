package io.rayhistory.application.port;

import io.rayhistory.domain.HistoryException.Kind;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

/** The part of {@link ObjectStoreContract} about growing objects. */
public interface ExtendingContract extends StoreFixture {

    private Optional<ObjectInfo> extend(String name, String etag, long offset, String tail) {
        return store().extend(name, etag, offset, StoreFixture.stream(tail));
    }

    @Test
    default void anObjectGrowsFromNothing() {
        ObjectInfo one = extend("log", "", 0, "first ").orElseThrow();
        ObjectInfo two = extend("log", one.etag(), one.length(), "second").orElseThrow();
        assertNotEquals(one.etag(), two.etag());
        assertEquals(12, two.length());
        assertEquals("first second", StoreFixture.textOf(store(), two));
    }

    @Test
    default void whatLiesBehindTheOffsetIsReplaced() {
        ObjectInfo put = put("cut", "complete|torn");
        ObjectInfo cut = extend("cut", put.etag(), 9, "whole").orElseThrow();
        assertEquals("complete|whole", StoreFixture.textOf(store(), cut));
        ObjectInfo shorter = extend("cut", cut.etag(), 8, "").orElseThrow();
        assertEquals("complete", StoreFixture.textOf(store(), shorter));
    }

    @Test
    default void anotherVersionIsNotExtended() {
        ObjectInfo old = put("v", "old");
        ObjectInfo now = put("v", "now");
        assertEquals(Optional.empty(), extend("v", old.etag(), 3, "tail"));
        assertEquals(Optional.empty(), extend("v", "", 0, "tail"));
        assertEquals(Optional.empty(), extend("absent", old.etag(), 0, "tail"));
        assertEquals(now, store().find("v").orElseThrow());
        assertEquals(List.of("v"), names(""));
    }

    @Test
    default void anOffsetBehindTheEndIsInvalid() {
        ObjectInfo put = put("o", "12345");
        fails(Kind.INVALID, () -> extend("o", put.etag(), 6, "x"));
        fails(Kind.INVALID, () -> extend("o", put.etag(), -1, "x"));
        fails(Kind.INVALID, () -> extend("fresh", "", 1, "x"));
        assertEquals(put, store().find("o").orElseThrow());
        assertEquals(List.of("o"), names(""));
    }

    @Test
    default void aBrokenTailLeavesTheOldContent() {
        ObjectInfo put = put("t", "head");
        fails(Kind.UNAVAILABLE, () -> store().extend("t", put.etag(), 4, StoreFixture.broken("half a t")));
        assertEquals("head", StoreFixture.textOf(store(), put));
    }

    @Test
    default void ofConcurrentCallersWithOneVersionOneWins() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            ObjectInfo now = put("grow", "");
            for (int round = 0; round < 10; round++) {
                ObjectInfo base = now;
                List<Callable<Optional<ObjectInfo>>> rivals = new ArrayList<>();
                for (int i = 0; i < 6; i++) {
                    rivals.add(() -> extend("grow", base.etag(), base.length(), "tail"));
                }
                List<ObjectInfo> winners = new ArrayList<>();
                for (Future<Optional<ObjectInfo>> rival : threads.invokeAll(rivals)) {
                    rival.get().ifPresent(winners::add);
                }
                assertEquals(1, winners.size(), "round " + round);
                now = winners.get(0);
            }
            assertEquals("tail".repeat(10), StoreFixture.textOf(store(), now));
        } finally {
            threads.shutdownNow();
        }
    }
}
