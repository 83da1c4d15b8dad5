package io.rayhistory.application.port;

import java.io.InputStream;
import java.util.Iterator;
import java.util.Optional;

/** Hands every call on to another store; for those that change a few of them. As thread-safe as that store. */
public abstract class ForwardingObjectStore implements ObjectStore {
    private final ObjectStore store;

    protected ForwardingObjectStore(ObjectStore store) {
        this.store = store;
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
