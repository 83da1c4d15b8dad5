package io.rayhistory.application.read;

import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.domain.HistoryException;

import java.io.InputStream;
import java.util.Iterator;
import java.util.Optional;

/** A store whose listings break after some entries, as when a page in the middle cannot be had. Counts what is asked. */
final class BrokenListings implements ObjectStore {
    private final ObjectStore store;
    int breakAfter = Integer.MAX_VALUE;
    int listings;

    BrokenListings(ObjectStore store) {
        this.store = store;
    }

    private <T> Iterator<T> breaking(Iterator<T> entries) {
        listings++;
        return new Iterator<>() {
            private int left = breakAfter;

            @Override
            public boolean hasNext() {
                if (left == 0) {
                    throw HistoryException.unavailable("page 3 of 5 could not be had", null);
                }
                return entries.hasNext();
            }

            @Override
            public T next() {
                left--;
                return entries.next();
            }
        };
    }

    @Override
    public Iterator<ObjectInfo> list(String prefix) {
        return breaking(store.list(prefix));
    }

    @Override
    public Iterator<String> listFolder(String prefix) {
        return breaking(store.listFolder(prefix));
    }

    @Override
    public Optional<ObjectInfo> find(String name) {
        return store.find(name);
    }

    @Override
    public <T> Optional<T> read(String name, long offset, long length, String etag, StreamReader<T> reader) {
        return store.read(name, offset, length, etag, reader);
    }

    @Override
    public ObjectInfo put(String name, InputStream content) {
        return store.put(name, content);
    }

    @Override
    public Optional<ObjectInfo> putIfAbsent(String name, InputStream content) {
        return store.putIfAbsent(name, content);
    }

    @Override
    public Optional<ObjectInfo> extend(String name, String etag, long offset, InputStream content) {
        return store.extend(name, etag, offset, content);
    }

    @Override
    public boolean delete(String name) {
        return store.delete(name);
    }

    @Override
    public Optional<ObjectInfo> copy(String source, String target) {
        return store.copy(source, target);
    }

    @Override
    public void check() {
        store.check();
    }

    @Override
    public String describe() {
        return store.describe();
    }

    @Override
    public void close() {
        store.close();
    }
}
