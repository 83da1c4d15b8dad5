package io.rayhistory.application.collect;

import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ForwardingObjectStore;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.domain.HistoryException;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/** A store that refuses, loses its answers, or hangs, as a test wants it. */
final class FaultyStore extends ForwardingObjectStore {
    final ObjectStore real;
    final List<String> calls = new ArrayList<>();
    /** Asked before each write. */
    volatile Supplier<Fault> faults = () -> Fault.NONE;
    volatile CountDownLatch hang;
    private int busy;
    private int mostBusy;

    FaultyStore(ObjectStore real) {
        super(real);
        this.real = real;
    }

    enum Fault {
        NONE, REFUSED, CUT, ANSWER_LOST
    }

    private <T> T write(String call, InputStream content, Supplier<T> action) {
        synchronized (this) {
            calls.add(call);
            busy++;
            mostBusy = Math.max(mostBusy, busy);
        }
        try {
            Fault fault = faults.get();
            CountDownLatch latch = hang;
            if (latch != null) {
                latch.await();
            }
            if (fault == Fault.REFUSED || fault == Fault.CUT) {
                if (fault == Fault.CUT) {
                    content.readNBytes(3);
                }
                throw HistoryException.unavailable("a test's fault: " + fault, null);
            }
            T answer = action.get();
            if (fault == Fault.ANSWER_LOST) {
                throw HistoryException.unavailable("a test's fault: " + fault, null);
            }
            return answer;
        } catch (IOException | InterruptedException e) {
            throw HistoryException.unavailable("a test's fault", e);
        } finally {
            synchronized (this) {
                busy--;
            }
        }
    }

    synchronized int mostBusy() {
        return mostBusy;
    }

    synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    @Override
    public ObjectInfo put(String name, InputStream content) {
        return write("put " + name, content, () -> real.put(name, content));
    }

    @Override
    public Optional<ObjectInfo> putIfAbsent(String name, InputStream content) {
        return write("putIfAbsent " + name, content, () -> real.putIfAbsent(name, content));
    }

    @Override
    public Optional<ObjectInfo> extend(String name, String etag, long offset, InputStream content) {
        return write("extend " + offset + " " + name, content, () -> real.extend(name, etag, offset, content));
    }

    @Override
    public String describe() {
        return "a faulty store";
    }
}
