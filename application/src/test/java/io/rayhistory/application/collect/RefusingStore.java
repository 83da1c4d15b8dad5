package io.rayhistory.application.collect;

import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ForwardingObjectStore;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.domain.HistoryException;

import java.io.InputStream;
import java.util.Optional;
import java.util.function.Predicate;

/** A store that does not take what a test says it should refuse; reading works. */
public final class RefusingStore extends ForwardingObjectStore {
    private final ObjectStore store;
    private final Predicate<String> refuses;

    public RefusingStore(ObjectStore store, Predicate<String> refuses) {
        super(store);
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
}
