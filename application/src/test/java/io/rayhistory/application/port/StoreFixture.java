package io.rayhistory.application.port;

import io.rayhistory.domain.HistoryException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** What the parts of {@link ObjectStoreContract} share: the store under test, and short ways to use it with text. */
public interface StoreFixture {

    /** The store under test: the same one for the length of a test, empty at its beginning. */
    ObjectStore store();

    default ObjectInfo put(String name, String text) {
        return store().put(name, stream(text));
    }

    /** The whole text of an object that must be there. */
    default String text(String name) {
        return text(name, 0, ObjectStore.TO_END);
    }

    default String text(String name, long offset, long length) {
        return store().read(name, offset, length, "", (stream, object) -> utf8(stream)).orElseThrow();
    }

    default List<String> names(String prefix) {
        List<String> names = new ArrayList<>();
        store().list(prefix).forEachRemaining(object -> names.add(object.name()));
        return names;
    }

    default List<String> folder(String prefix) {
        return all(store().listFolder(prefix));
    }

    default void fails(HistoryException.Kind kind, Runnable action) {
        HistoryException failure = assertThrows(HistoryException.class, action::run);
        assertEquals(kind, failure.kind(), failure.getMessage());
    }

    static <T> List<T> all(Iterator<T> iterator) {
        List<T> all = new ArrayList<>();
        iterator.forEachRemaining(all::add);
        return all;
    }

    static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    static String utf8(InputStream stream) throws IOException {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }

    /** A stream that gives some bytes and then breaks. */
    static InputStream broken(String start) {
        return new InputStream() {
            private int at;

            @Override
            public int read() throws IOException {
                if (at == start.length()) {
                    throw new IOException("the source broke");
                }
                return start.charAt(at++);
            }
        };
    }

    static String textOf(ObjectStore store, ObjectInfo object) {
        Optional<String> text = store.read(object.name(), 0, ObjectStore.TO_END, object.etag(), (stream, info) -> utf8(stream));
        return text.orElseThrow();
    }
}
