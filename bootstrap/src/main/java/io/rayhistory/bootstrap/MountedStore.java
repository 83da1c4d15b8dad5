package io.rayhistory.bootstrap;

import io.rayhistory.application.port.ForwardingObjectStore;
import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.domain.HistoryException;

import java.io.InputStream;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A store seen as if it lay in a folder of a larger one: one session's data, put where a reader looks for them.
 * Read-only. Thread-safe if the store is.
 */
final class MountedStore extends ForwardingObjectStore {
    private final String mount;

    /** @param mount the folder, without leading slash, with a trailing one */
    MountedStore(ObjectStore inner, String mount) {
        super(inner);
        this.mount = mount;
    }

    @Override
    public Iterator<ObjectInfo> list(String prefix) {
        Iterator<ObjectInfo> found;
        if (prefix.startsWith(mount)) {
            found = super.list(prefix.substring(mount.length()));
        } else {
            found = mount.startsWith(prefix) ? super.list("") : Collections.emptyIterator();
        }
        return each(found, this::outer);
    }

    @Override
    public Iterator<String> listFolder(String prefix) {
        if (prefix.startsWith(mount)) {
            return each(super.listFolder(prefix.substring(mount.length())), name -> mount + name);
        }
        return mount.startsWith(prefix)
                ? List.of(mount.substring(0, mount.indexOf('/', prefix.length()) + 1)).iterator() : Collections.emptyIterator();
    }

    private static <A, B> Iterator<B> each(Iterator<A> found, Function<A, B> change) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return found.hasNext();
            }

            @Override
            public B next() {
                return change.apply(found.next());
            }
        };
    }

    @Override
    public Optional<ObjectInfo> find(String name) {
        return name.startsWith(mount) ? super.find(name.substring(mount.length())).map(this::outer) : Optional.empty();
    }

    @Override
    public <T> Optional<T> read(String name, long offset, long length, String etag, StreamReader<T> reader) {
        return name.startsWith(mount)
                ? super.read(name.substring(mount.length()), offset, length, etag, (in, object) -> reader.read(in, outer(object)))
                : Optional.empty();
    }

    @Override
    public ObjectInfo put(String name, InputStream content) {
        throw readOnly(name);
    }

    @Override
    public Optional<ObjectInfo> putIfAbsent(String name, InputStream content) {
        throw readOnly(name);
    }

    @Override
    public Optional<ObjectInfo> extend(String name, String etag, long offset, InputStream content) {
        throw readOnly(name);
    }

    @Override
    public boolean delete(String name) {
        throw readOnly(name);
    }

    @Override
    public Optional<ObjectInfo> copy(String source, String target) {
        throw readOnly(target);
    }

    private ObjectInfo outer(ObjectInfo object) {
        return new ObjectInfo(mount + object.name(), object.length(), object.etag(), object.modified());
    }

    private HistoryException readOnly(String name) {
        return HistoryException.invalid("an opened session is read-only: " + name);
    }
}
