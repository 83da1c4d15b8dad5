package io.rayhistory.application.read;

import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.domain.id.ClusterRef;
import io.rayhistory.domain.id.SessionKey;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/** Yields sessions without reading anything, and lets a test hold, fail and change them. */
final class FakeSource implements LoadedSessions.Source {
    private final List<ObjectInfo> eventFiles = new ArrayList<>();
    private final SortedMap<String, ObjectInfo> logs = new TreeMap<>();
    private CountDownLatch gate = new CountDownLatch(0);
    private String held = "";
    private Throwable failure;
    private long weight = 10;
    private int looks;
    private int loads;
    private int relists;

    static SessionEntry entry(String session) {
        return new SessionEntry(new SessionKey(ClusterRef.plain("ns", "cluster"), session), Optional.empty(), true);
    }

    synchronized CountDownLatch holdLoads() {
        return holdLoadsOf("");
    }

    /** Loads of sessions whose name starts so wait until the latch is counted down. */
    synchronized CountDownLatch holdLoadsOf(String name) {
        held = name;
        gate = new CountDownLatch(1);
        return gate;
    }

    synchronized void holdNothing() {
        gate = new CountDownLatch(0);
    }

    synchronized void failNext(Throwable why) {
        failure = why;
    }

    synchronized void weigh(long bytes) {
        weight = bytes;
    }

    synchronized void addEventFile(String name) {
        eventFiles.add(new ObjectInfo(name, 1, "1", Instant.EPOCH));
    }

    synchronized void addLog(String name) {
        logs.put(name, new ObjectInfo("logs/" + name, 1, "1", Instant.EPOCH));
    }

    synchronized int looks() {
        return looks;
    }

    synchronized int loads() {
        return loads;
    }

    synchronized int relists() {
        return relists;
    }

    synchronized void awaitLoads(int count) {
        await(() -> loads >= count);
    }

    synchronized void awaitLooks(int count) {
        await(() -> looks >= count);
    }

    private void await(BooleanSupplier condition) {
        try {
            while (!condition.getAsBoolean()) {
                wait();
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public synchronized SessionContents locate(SessionEntry entry) {
        looks++;
        notifyAll();
        if (failure instanceof RuntimeException e) {
            failure = null;
            throw e;
        }
        if (failure instanceof Error e) {
            failure = null;
            throw e;
        }
        return new SessionContents(List.copyOf(eventFiles), new TreeMap<>(Map.of("node", new TreeMap<>(logs))),
                new TreeMap<>());
    }

    @Override
    public LoadedSessions.Loaded load(SessionEntry entry, SessionContents contents, LoadMeter meter) {
        CountDownLatch mine;
        synchronized (this) {
            meter.expect(3, 30);
            loads++;
            notifyAll();
            mine = entry.key().session().startsWith(held) ? gate : new CountDownLatch(0);
        }
        try {
            mine.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return loaded(entry, contents);
    }

    @Override
    public synchronized LoadedSessions.Loaded relist(LoadedSessions.Loaded before, SessionContents contents) {
        relists++;
        return loaded(before.session().entry(), contents);
    }

    private synchronized LoadedSessions.Loaded loaded(SessionEntry entry, SessionContents contents) {
        LoadReport report = new LoadReport(0, 0, 0, Map.of(), Map.of(), Map.of(), Map.of(), 0);
        return new LoadedSessions.Loaded(new StoredSession(entry, null, null, null, "", Map.of(), report), contents,
                weight);
    }
}
