package io.rayhistory.application.port;

import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.HistoryException.Kind;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** The part of {@link ObjectStoreContract} about looking up and reading. */
public interface ReadingContract extends StoreFixture {

    @Test
    default void whatWasPutIsFound() {
        ObjectInfo put = put("a/b", "hello");
        ObjectInfo found = store().find("a/b").orElseThrow();
        assertEquals(put, found);
        assertEquals("a/b", found.name());
        assertEquals(5, found.length());
        assertFalse(found.etag().isEmpty());
        assertEquals("hello", text("a/b"));
    }

    @Test
    default void missingObjectIsEmptyNotAnError() {
        put("a/b", "x");
        for (String name : List.of("nothing", "a", "a/b/c", "a/c", "A/b", "/a/b")) {
            assertEquals(Optional.empty(), store().find(name), name);
            assertEquals(Optional.empty(), store().read(name, 0, 1, "", (stream, object) -> "read"), name);
            assertFalse(store().delete(name), name);
        }
    }

    @Test
    default void rangesAreCutAtTheEnd() {
        put("r", "0123456789");
        assertEquals("0123456789", text("r", 0, ObjectStore.TO_END));
        assertEquals("345", text("r", 3, 3));
        assertEquals("89", text("r", 8, 100));
        assertEquals("89", text("r", 8, ObjectStore.TO_END));
        assertEquals("", text("r", 4, 0));
        assertEquals("", text("r", 10, 5));
        assertEquals("", text("r", 11, ObjectStore.TO_END));
        assertEquals("", text("r", Long.MAX_VALUE, ObjectStore.TO_END));
        fails(Kind.INVALID, () -> text("r", -1, 5));
        fails(Kind.INVALID, () -> text("r", 0, -5));
    }

    @Test
    default void anEmptyObjectHasAnEmptyStream() {
        put("empty", "");
        assertEquals(0, store().find("empty").orElseThrow().length());
        assertEquals("", text("empty"));
        assertEquals("", text("empty", 0, 0));
    }

    @Test
    default void anyRangeOfALargeObjectIsThatRange() {
        long seed = 11;
        Random random = new Random(seed);
        byte[] content = new byte[600_000];
        random.nextBytes(content);
        ObjectInfo put = store().put("large", new ByteArrayInputStream(content));
        for (int round = 0; round < 20; round++) {
            int from = random.nextInt(content.length);
            int to = from + random.nextInt(content.length - from);
            byte[] read = store().read("large", from, to - from, put.etag(), (stream, object) -> stream.readAllBytes()).orElseThrow();
            assertArrayEquals(Arrays.copyOfRange(content, from, to), read, "seed " + seed + ", round " + round);
        }
    }

    @Test
    default void skippingWithinALentStreamWorks() {
        put("skip", "0123456789");
        String rest = store().read("skip", 1, 8, "", (stream, object) -> {
            stream.skipNBytes(2);
            assertEquals('3', stream.read());
            return StoreFixture.utf8(stream);
        }).orElseThrow();
        assertEquals("45678", rest);
    }

    @Test
    default void theReaderIsToldWhichVersionItReads() {
        ObjectInfo put = put("told", "abc");
        assertEquals(put, store().read("told", 1, 1, "", (stream, object) -> object).orElseThrow());
        assertEquals(put, store().read("told", 0, 9, put.etag(), (stream, object) -> object).orElseThrow());
    }

    @Test
    default void anotherVersionThanTheOneAskedForIsUnavailable() {
        ObjectInfo old = put("pinned", "old");
        ObjectInfo now = put("pinned", "new");
        fails(Kind.UNAVAILABLE, () -> store().read("pinned", 0, 1, old.etag(), (stream, object) -> "read"));
        assertEquals("new", StoreFixture.textOf(store(), now));
        assertEquals(Optional.empty(), store().read("absent", 0, 1, old.etag(), (stream, object) -> "read"));
    }

    @Test
    default void aLentStreamIsClosedAfterwards() {
        put("lent", "abc");
        InputStream[] kept = new InputStream[1];
        store().read("lent", 0, 3, "", (stream, object) -> kept[0] = stream);
        try {
            kept[0].close();
        } catch (IOException e) {
            throw new AssertionError("closing twice must do nothing", e);
        }
    }

    @Test
    default void aReadersOwnFailures() {
        put("f", "abc");
        IOException broken = new IOException("cannot decode");
        HistoryException failure = assertThrows(HistoryException.class,
                () -> store().read("f", 0, 3, "", (stream, object) -> {
                    throw broken;
                }));
        assertEquals(Kind.UNAVAILABLE, failure.kind());
        assertSame(broken, failure.getCause());
        RuntimeException own = new IllegalStateException("own");
        assertSame(own, assertThrows(IllegalStateException.class, () -> store().read("f", 0, 3, "", (stream, object) -> {
            throw own;
        })));
    }
}
