package io.rayhistory.application.port;

import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.layout.ObjectName;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** A store in memory, under the same contract as the real ones. Holds whole objects: for tests and small data. */
public final class InMemoryObjectStore implements ObjectStore {

    private record Version(ObjectInfo info, byte[] content) {
    }

    private final ConcurrentSkipListMap<String, Version> objects = new ConcurrentSkipListMap<>();
    private final AtomicLong versions = new AtomicLong();
    private final InstantSource clock;

    public InMemoryObjectStore() {
        this(() -> Instant.EPOCH);
    }

    /** @param clock tells when content was modified */
    public InMemoryObjectStore(InstantSource clock) {
        this.clock = clock;
    }

    /** Puts an object as a foreign program may: names that {@link #put} refuses included, folder markers as well. */
    public void plant(String name, byte[] content) {
        objects.put(name, version(name, content.clone()));
    }

    @Override
    public Iterator<ObjectInfo> list(String prefix) {
        ObjectName.requirePrefix(prefix);
        return new Iterator<>() {
            private Version next = following(prefix, true);

            private Version following(String name, boolean inclusive) {
                for (var at = objects.tailMap(name, inclusive).firstEntry(); at != null; at = objects.higherEntry(at.getKey())) {
                    if (!at.getKey().startsWith(prefix)) {
                        return null;
                    }
                    if (!at.getKey().endsWith("/")) {
                        return at.getValue();
                    }
                }
                return null;
            }

            @Override
            public boolean hasNext() {
                return next != null;
            }

            @Override
            public ObjectInfo next() {
                if (next == null) {
                    throw new NoSuchElementException();
                }
                ObjectInfo found = next.info();
                next = following(found.name(), false);
                return found;
            }
        };
    }

    @Override
    public Iterator<String> listFolder(String prefix) {
        Iterator<ObjectInfo> below = list(ObjectName.requireFolder(prefix));
        return new Iterator<>() {
            private String next = following("");

            private String following(String previous) {
                while (below.hasNext()) {
                    String name = below.next().name();
                    int slash = name.indexOf('/', prefix.length());
                    String child = slash < 0 ? name : name.substring(0, slash + 1);
                    if (!child.equals(previous)) {
                        return child;
                    }
                }
                return null;
            }

            @Override
            public boolean hasNext() {
                return next != null;
            }

            @Override
            public String next() {
                if (next == null) {
                    throw new NoSuchElementException();
                }
                String found = next;
                next = following(found);
                return found;
            }
        };
    }

    @Override
    public Optional<ObjectInfo> find(String name) {
        return Optional.ofNullable(objects.get(ObjectName.requireReadable(name))).map(Version::info);
    }

    @Override
    public <T> Optional<T> read(String name, long offset, long length, String etag, StreamReader<T> reader) {
        Version version = objects.get(ObjectName.requireReadable(name));
        if (offset < 0 || length < 0) {
            throw HistoryException.invalid("range " + offset + "+" + length + " of '" + name + "' is negative");
        }
        if (version == null) {
            return Optional.empty();
        }
        if (!etag.isEmpty() && !etag.equals(version.info().etag())) {
            throw HistoryException.unavailable("'" + name + "' has changed since it was looked up", null);
        }
        int from = (int) Math.min(offset, version.content().length);
        int count = (int) Math.min(length, version.content().length - from);
        try (InputStream stream = new ByteArrayInputStream(version.content(), from, count)) {
            return Optional.of(reader.read(stream, version.info()));
        } catch (IOException e) {
            throw HistoryException.unavailable("'" + name + "' could not be read", e);
        }
    }

    @Override
    public ObjectInfo put(String name, InputStream content) {
        byte[] bytes = bytes(ObjectName.requireWritable(name), content);
        return change(name, old -> version(name, bytes)).info();
    }

    @Override
    public Optional<ObjectInfo> putIfAbsent(String name, InputStream content) {
        Version added = version(name, bytes(ObjectName.requireWritable(name), content));
        return objects.putIfAbsent(name, added) == null ? Optional.of(added.info()) : Optional.empty();
    }

    @Override
    public Optional<ObjectInfo> extend(String name, String etag, long offset, InputStream content) {
        byte[] tail = bytes(ObjectName.requireWritable(name), content);
        Version[] made = new Version[1];
        change(name, old -> {
            made[0] = null;
            byte[] head = old == null ? new byte[0] : old.content();
            if (!etag.equals(old == null ? "" : old.info().etag())) {
                return old;
            }
            if (offset < 0 || offset > head.length) {
                throw HistoryException.invalid("offset " + offset + " is outside of '" + name + "', which has "
                        + head.length + " bytes");
            }
            byte[] whole = Arrays.copyOf(head, (int) offset + tail.length);
            System.arraycopy(tail, 0, whole, (int) offset, tail.length);
            made[0] = version(name, whole);
            return made[0];
        });
        return Optional.ofNullable(made[0]).map(Version::info);
    }

    @Override
    public boolean delete(String name) {
        return objects.remove(ObjectName.requireReadable(name)) != null;
    }

    @Override
    public Optional<ObjectInfo> copy(String source, String target) {
        ObjectName.requireWritable(target);
        Version version = objects.get(ObjectName.requireReadable(source));
        return version == null ? Optional.empty()
                : Optional.of(change(target, old -> version(target, version.content())).info());
    }

    @Override
    public void check() {
        // Memory is always there.
    }

    @Override
    public String describe() {
        return "memory";
    }

    @Override
    public void close() {
        // Nothing is held open; what was stored stays readable.
    }

    private Version change(String name, UnaryOperator<Version> change) {
        return objects.compute(name, (key, old) -> change.apply(old));
    }

    private Version version(String name, byte[] content) {
        String etag = Long.toHexString(versions.incrementAndGet());
        return new Version(new ObjectInfo(name, content.length, etag, clock.instant()), content);
    }

    private static byte[] bytes(String name, InputStream content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            content.transferTo(bytes);
        } catch (IOException e) {
            throw HistoryException.unavailable("'" + name + "' could not be stored: its content could not be read", e);
        }
        return bytes.toByteArray();
    }
}
