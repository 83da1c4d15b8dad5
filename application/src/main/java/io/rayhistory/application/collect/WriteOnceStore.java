package io.rayhistory.application.collect;

import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ForwardingObjectStore;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.domain.HistoryException;

import java.io.InputStream;
import java.util.Optional;

/**
 * A store that lets nothing be changed, as containers under an immutability policy do: what is there stays as it was
 * first written. Asking it to change something would only bring refusals, again and again.
 */
final class WriteOnceStore extends ForwardingObjectStore {
    private final ObjectStore store;

    WriteOnceStore(ObjectStore store) {
        super(store);
        this.store = store;
    }

    /** The first content stays. */
    @Override
    public ObjectInfo put(String name, InputStream content) {
        return store.putIfAbsent(name, content).or(() -> store.find(name)).orElseThrow(() -> HistoryException.unavailable(
                "'" + name + "' was there and is gone. Try again.", null));
    }

    /** Only makes objects. */
    @Override
    public Optional<ObjectInfo> extend(String name, String etag, long offset, InputStream content) {
        if (!etag.isEmpty()) {
            throw HistoryException.unavailable("'" + name + "' cannot grow any more: this store lets every object be written once", null);
        }
        return store.extend(name, etag, offset, content);
    }

    /** Nothing is removed. */
    @Override
    public boolean delete(String name) {
        return false;
    }
}
