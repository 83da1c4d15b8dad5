package io.rayhistory.application.collect;

import io.rayhistory.application.port.EventSpool.Category;
import io.rayhistory.application.port.InMemoryEventSpool;
import io.rayhistory.application.port.InMemoryObjectStore;
import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.application.port.SpoolSettings;
import io.rayhistory.domain.id.ClusterRef;
import io.rayhistory.domain.layout.StorageLayout;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** A spool, a store and an uploader between them, with a clock that the test moves. */
final class UploadFixture {
    static final Instant START = Instant.parse("2026-11-22T20:21:16.5Z");
    static final long NANOS = START.getEpochSecond() * 1_000_000_000L + START.getNano();
    static final Category NODE = new Category("session_1", "");
    static final Category JOB = new Category("session_1", "01000000");
    static final String BASE = "ray/cluster-history/rayjob/ns/owner/c/session_1/n1/";
    static final String MARKER = "ray/cluster-metadata/rayjob/ns_owner_c/session_1";
    static final String NODE_OBJECT = BASE + "node_events/n1-2026-11-22-20-" + NANOS + ".jsonl";

    final FaultyStore store;
    final InMemoryEventSpool spool;
    final Counts counts = new Counts();
    /** How much time passes with each look at the clock: for tests of what waits. */
    volatile Duration eachLook = Duration.ZERO;
    private final AtomicLong nanoTime = new AtomicLong(-5_000_000_000L);

    UploadFixture() {
        this(SpoolSettings.DEFAULTS);
    }

    UploadFixture(SpoolSettings settings) {
        this(new InMemoryObjectStore(), settings);
    }

    UploadFixture(ObjectStore real, SpoolSettings settings) {
        store = new FaultyStore(real);
        spool = new InMemoryEventSpool("c_ns", settings, () -> START);
        spool.nodeIs("", "n1");
    }

    /** A new one, as after a restart of the process. */
    SpoolUploader uploader(UploadSettings settings, Executor workers) {
        StorageLayout layout = StorageLayout.clusterHistory("ray/");
        return uploader(settings, workers, layout, session -> new EventObject(spool, store, layout, session, settings.gzip(), counts));
    }

    SpoolUploader uploader(UploadSettings settings, Executor workers, StorageLayout layout, StoredEvents.Maker objects) {
        return new SpoolUploader(spool, store, layout, objects, ClusterRef.of("ns", "c", "RayJob", "owner"), settings, workers, counts,
                () -> nanoTime.addAndGet(eachLook.toNanos()));
    }

    SpoolUploader uploader() {
        return uploader(UploadSettings.DEFAULTS, Runnable::run);
    }

    void pass(Duration time) {
        nanoTime.addAndGet(time.toNanos());
    }

    /** Nothing more is written, the interval is over, and what waits is sent. */
    void sendAll(SpoolUploader uploader) {
        spool.seal("");
        pass(UploadSettings.DEFAULTS.interval());
        uploader.pass();
        uploader.pass();
    }

    List<String> names(String prefix) {
        List<String> names = new ArrayList<>();
        store.list(prefix).forEachRemaining(object -> names.add(object.name()));
        return names;
    }

    /** An object's text, unpacked if its name says so. */
    String text(String name) {
        byte[] bytes = bytes(name);
        try {
            return new String(name.endsWith(".gz") ? new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes()
                    : bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] bytes(String name) {
        return store.real.read(name, 0, ObjectStore.TO_END, "", (stream, object) -> stream.readAllBytes()).orElseThrow();
    }

    ObjectInfo plant(String name, byte[] content) {
        return store.real.put(name, new ByteArrayInputStream(content));
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] gzip(String... members) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String member : members) {
            try (GZIPOutputStream gzip = new GZIPOutputStream(all)) {
                gzip.write(utf8(member));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return all.toByteArray();
    }

    /** Counts what is to be counted. */
    static final class Counts implements UploadMetrics {
        final AtomicLong plain = new AtomicLong();
        final AtomicLong stored = new AtomicLong();
        final AtomicInteger failed = new AtomicInteger();
        final AtomicInteger adopted = new AtomicInteger();
        final AtomicInteger renamed = new AtomicInteger();

        @Override
        public void sent(long plainBytes, long storedBytes) {
            plain.addAndGet(plainBytes);
            stored.addAndGet(storedBytes);
        }

        @Override
        public void failed() {
            failed.incrementAndGet();
        }

        @Override
        public void adopted() {
            adopted.incrementAndGet();
        }

        @Override
        public void renamed() {
            renamed.incrementAndGet();
        }
    }
}
