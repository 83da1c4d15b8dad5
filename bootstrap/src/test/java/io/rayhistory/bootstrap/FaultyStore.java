package io.rayhistory.bootstrap;

import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.domain.HistoryException;

import java.io.InputStream;
import java.util.Iterator;
import java.util.Optional;

/** A store of which one object cannot be read while a test says so. */
final class FaultyStore implements ObjectStore {
    private final ObjectStore inner;
    private volatile String unreadable = "";

    FaultyStore(ObjectStore inner) {
        this.inner = inner;
    }

    void makeUnreadable(String name) {
        unreadable = name;
    }

    @Override
    public <T> Optional<T> read(String name, long offset, long length, String etag, StreamReader<T> reader) {
        if (name.equals(unreadable)) {
            throw HistoryException.unavailable(name + ": permission denied", null);
        }
        return inner.read(name, offset, length, etag, reader);
    }

    @Override
    public Iterator<ObjectInfo> list(String prefix) {
        return inner.list(prefix);
    }

    @Override
    public Iterator<String> listFolder(String prefix) {
        return inner.listFolder(prefix);
    }

    @Override
    public Optional<ObjectInfo> find(String name) {
        return inner.find(name);
    }

    @Override
    public ObjectInfo put(String name, InputStream content) {
        return inner.put(name, content);
    }

    @Override
    public Optional<ObjectInfo> putIfAbsent(String name, InputStream content) {
        return inner.putIfAbsent(name, content);
    }

    @Override
    public Optional<ObjectInfo> extend(String name, String etag, long offset, InputStream content) {
        return inner.extend(name, etag, offset, content);
    }

    @Override
    public boolean delete(String name) {
        return inner.delete(name);
    }

    @Override
    public Optional<ObjectInfo> copy(String source, String target) {
        return inner.copy(source, target);
    }

    @Override
    public void check() {
        inner.check();
    }

    @Override
    public String describe() {
        return inner.describe();
    }

    @Override
    public void close() {
        inner.close();
    }
}
