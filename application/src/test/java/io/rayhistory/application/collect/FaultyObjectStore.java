package io.rayhistory.application.collect;

import io.rayhistory.application.port.ForwardingObjectStore;
import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.domain.HistoryException;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A store that goes wrong as often as a test says, or takes the whole process with it. */
public final class FaultyObjectStore extends ForwardingObjectStore {

    /** What happens to one write. */
    public enum Fault {
        NONE, REFUSED, ANSWER_LOST, CHANGED, KILLED_BEFORE, KILLED_AFTER, DEAD
    }

    /** The process ends here: nothing may catch it. */
    public static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    private final Supplier<Fault> faults;
    private final List<String> story = new ArrayList<>();
    private int writes;
    private boolean dead;

    public FaultyObjectStore(ObjectStore inner, Supplier<Fault> faults) {
        super(inner);
        this.faults = faults;
    }

    /** Like {@link Fault#DEAD}: everything fails until a new process comes. */
    public boolean dead() {
        return dead;
    }

    public void revive() {
        dead = false;
    }

    /** What was written, and how that went. Others may add to it. */
    List<String> story() {
        return story;
    }

    int writes() {
        return writes;
    }

    private <T> Optional<T> write(String what, Supplier<Optional<T>> action) {
        alive();
        writes++;
        Fault fault = faults.get();
        story.add(what + ": " + fault);
        return switch (fault) {
            case NONE -> action.get();
            case REFUSED -> throw HistoryException.unavailable("refused", null);
            case ANSWER_LOST -> {
                action.get();
                throw HistoryException.unavailable("no answer", null);
            }
            case CHANGED -> Optional.empty();
            case KILLED_BEFORE, DEAD -> {
                dead = true;
                throw new Killed();
            }
            case KILLED_AFTER -> {
                action.get();
                dead = true;
                throw new Killed();
            }
        };
    }

    private void alive() {
        if (dead) {
            throw new Killed();
        }
    }

    @Override
    public Iterator<ObjectInfo> list(String prefix) {
        alive();
        return super.list(prefix);
    }

    @Override
    public Iterator<String> listFolder(String prefix) {
        alive();
        return super.listFolder(prefix);
    }

    @Override
    public Optional<ObjectInfo> find(String name) {
        alive();
        return super.find(name);
    }

    @Override
    public <T> Optional<T> read(String name, long offset, long length, String etag, StreamReader<T> reader) {
        alive();
        return super.read(name, offset, length, etag, reader);
    }

    @Override
    public ObjectInfo put(String name, InputStream content) {
        return write("put " + name, () -> Optional.of(super.put(name, content))).orElseThrow(() -> HistoryException.unavailable("changed", null));
    }

    @Override
    public Optional<ObjectInfo> putIfAbsent(String name, InputStream content) {
        return write("put absent " + name, () -> super.putIfAbsent(name, content));
    }

    @Override
    public Optional<ObjectInfo> extend(String name, String etag, long offset, InputStream content) {
        return write("extend " + name + " at " + etag + "+" + offset, () -> super.extend(name, etag, offset, content));
    }

    @Override
    public boolean delete(String name) {
        alive();
        return super.delete(name);
    }

    /** A copy does not name a version, so it cannot fail for another one. */
    @Override
    public Optional<ObjectInfo> copy(String source, String target) {
        return write("copy " + source + " to " + target, () -> super.copy(source, target)).or(() -> super.copy(source, target));
    }
}
