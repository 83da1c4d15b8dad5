package io.rayhistory.bootstrap;

import io.rayhistory.application.port.ForwardingObjectStore;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.domain.HistoryException;

import java.util.Optional;

/** A store of which one object cannot be read while a test says so. */
final class FaultyStore extends ForwardingObjectStore {
    private volatile String unreadable = "";

    FaultyStore(ObjectStore inner) {
        super(inner);
    }

    void makeUnreadable(String name) {
        unreadable = name;
    }

    @Override
    public <T> Optional<T> read(String name, long offset, long length, String etag, StreamReader<T> reader) {
        if (name.equals(unreadable)) {
            throw HistoryException.unavailable(name + ": permission denied", null);
        }
        return super.read(name, offset, length, etag, reader);
    }
}
