package io.rayhistory.application.collect;

import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.domain.HistoryException;

import java.io.InputStream;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Predicate;

/** A store that does not take what a test says it should refuse; reading works. */
public final class RefusingStore implements ObjectStore {
    private final ObjectStore store;
    private final Predicate<String> refuses;

    public RefusingStore(ObjectStore store, Predicate<String> refuses) {
        this.store = store;
        this.refuses = refuses;
    }

    private ObjectStore writing(String name) {
        if (refuses.test(name)) {
            throw HistoryException.unavailable("store is away", null);
        }
        return store;
    }

    @Override
    public Iterator<ObjectInfo> list(String prefix) {
        return store.list(prefix);
    }

    @Override
    public Iterator<String> listFolder(String prefix) {
        return store.listFolder(prefix);
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
        return writing(name).put(name, content);
    }

    @Override
    public Optional<ObjectInfo> putIfAbsent(String name, InputStream content) {
        return writing(name).putIfAbsent(name, content);
    }

    @Override
    public Optional<ObjectInfo> extend(String name, String etag, long offset, InputStream content) {
        return writing(name).extend(name, etag, offset, content);
    }

    @Override
    public boolean delete(String name) {
        return writing(name).delete(name);
    }

    @Override
    public Optional<ObjectInfo> copy(String source, String target) {
        return writing(target).copy(source, target);
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
