package io.rayhistory.application.collect;

import io.rayhistory.application.collect.CollectorFigures.Tally;
import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.domain.HistoryException;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** A store that counts what is asked of it and how that ends, and tells somebody when it is not to be had. */
final class CountedStore implements ObjectStore {

    private record Ending(String operation, String outcome) implements Comparable<Ending> {
        @Override
        public int compareTo(Ending other) {
            int byOperation = operation.compareTo(other.operation);
            return byOperation != 0 ? byOperation : outcome.compareTo(other.outcome);
        }
    }

    private final ObjectStore store;
    private final Runnable trouble;
    private final Map<Ending, LongAdder> endings = new ConcurrentSkipListMap<>();

    CountedStore(ObjectStore store, Runnable trouble) {
        this.store = store;
        this.trouble = trouble;
    }

    List<Tally> tallies() {
        List<Tally> tallies = new ArrayList<>();
        endings.forEach((ending, count) -> tallies.add(new Tally(ending.operation(), ending.outcome(), count.sum())));
        return tallies;
    }

    private <T> T counted(String operation, Supplier<T> asked) {
        String outcome = "failed";
        try {
            T answer = asked.get();
            outcome = answer instanceof Optional<?> found && found.isEmpty() ? "refused" : "ok";
            return answer;
        } catch (HistoryException e) {
            if (e.kind() == HistoryException.Kind.UNAVAILABLE) {
                trouble.run();
            }
            throw e;
        } finally {
            endings.computeIfAbsent(new Ending(operation, outcome), key -> new LongAdder()).increment();
        }
    }

    @Override
    public Iterator<ObjectInfo> list(String prefix) {
        return counted("list", () -> store.list(prefix));
    }

    @Override
    public Iterator<String> listFolder(String prefix) {
        return counted("list", () -> store.listFolder(prefix));
    }

    @Override
    public Optional<ObjectInfo> find(String name) {
        return counted("find", () -> store.find(name));
    }

    @Override
    public <T> Optional<T> read(String name, long offset, long length, String etag, StreamReader<T> reader) {
        return counted("read", () -> store.read(name, offset, length, etag, reader));
    }

    @Override
    public ObjectInfo put(String name, InputStream content) {
        return counted("put", () -> store.put(name, content));
    }

    @Override
    public Optional<ObjectInfo> putIfAbsent(String name, InputStream content) {
        return counted("put", () -> store.putIfAbsent(name, content));
    }

    @Override
    public Optional<ObjectInfo> extend(String name, String etag, long offset, InputStream content) {
        return counted("extend", () -> store.extend(name, etag, offset, content));
    }

    @Override
    public boolean delete(String name) {
        return counted("delete", () -> store.delete(name));
    }

    @Override
    public Optional<ObjectInfo> copy(String source, String target) {
        return counted("copy", () -> store.copy(source, target));
    }

    @Override
    public void check() {
        counted("check", () -> {
            store.check();
            return true;
        });
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
