package io.rayhistory.adapters.filesystem;

import io.rayhistory.application.port.EventSpool;
import io.rayhistory.application.port.SpoolFile;
import io.rayhistory.application.port.SpoolSettings;
import io.rayhistory.application.port.SpoolSettings.Fsync;
import io.rayhistory.application.port.SpoolSettings.Overflow;
import io.rayhistory.application.port.SpoolUsage;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.id.ClusterRef;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An event spool in a folder, laid out like the Go peer's: {@code {cluster}_{ns}/{session}/node_events/{node}_{nanos}.jsonl}
 * and {@code …/job_events/{job}/…}. Rejected events lie in {@code rejected/}. One process may use a folder at a time.
 *
 * <p>Memory: 64 KiB for each batch, 16 MiB more for all of them together, 32 KiB for each open file. A batch that finds
 * no more memory waits in a file in {@code staging/} until it is committed.
 *
 * <p>Batches are written one after the other by a thread of its own, which comes and goes with the work. A commit that is
 * not done within {@value SpoolThread#LATEST_MS} ms fails, so that the poster is told in time; if its lines were being
 * written just then they stay, and come twice when they are posted again.
 */
public final class FileEventSpool implements EventSpool {
    private static final System.Logger LOG = System.getLogger(FileEventSpool.class.getName());
    private static final int MEMORY = 16 << 20;
    private static final int TRIES = 3;

    private final Path data;
    private final SpoolSettings settings;
    private final SpoolTable table = new SpoolTable();
    private final Quarantine quarantine;
    private final SpoolWriter writer;
    private final SpoolThread thread = new SpoolThread();
    private final SpoolClaim claim;
    private final Path staging;
    private final String bootId = UUID.randomUUID().toString().replace("-", "");
    private final Semaphore memory = new Semaphore(MEMORY / StagedLines.SEGMENT);
    private final AtomicLong batches = new AtomicLong();
    private final AtomicLong rolledBack = new AtomicLong();
    /** Guarded by the thread's lock. */
    private boolean recovered;
    private volatile boolean ready;
    private volatile boolean stopped;

    /**
     * @param data    the folder; need not exist yet
     * @param cluster whose events are appended; what others left is taken up all the same
     * @throws HistoryException INVALID if the cluster's names are no safe segments
     */
    public FileEventSpool(Path data, ClusterRef cluster, SpoolSettings settings, InstantSource clock) {
        this(data, cluster, settings, clock, SpoolChannel::disk);
    }

    FileEventSpool(Path data, ClusterRef cluster, SpoolSettings settings, InstantSource clock, SpoolChannel.Opener disk) {
        this.data = data.toAbsolutePath().normalize();
        this.settings = settings;
        String folder = SpoolNames.requireSegment("cluster", cluster.name()) + "_"
                + SpoolNames.requireSegment("namespace", cluster.namespace());
        this.quarantine = new Quarantine(this.data.resolve("rejected"), settings.maxQuarantineBytes(), clock);
        this.staging = this.data.resolve("staging");
        this.claim = new SpoolClaim(this.data.resolve("lock"));
        this.writer = new SpoolWriter(this.data, folder, settings, clock, table, disk, bootId);
    }

    @Override
    public Batch begin() {
        if (stopped) {
            throw HistoryException.unavailable("the event spool is stopping", null);
        }
        thread.requireQuick();
        makeReady();
        if (settings.overflow() == Overflow.REJECT && table.unsent() >= settings.maxUnsentBytes()) {
            throw full();
        }
        return new FileBatch(new StagedLines(staging.resolve(bootId + "-" + batches.incrementAndGet()), memory));
    }

    private HistoryException full() {
        return HistoryException.unavailable("the event spool is full: " + table.unsent() + " bytes wait for the object store, "
                + settings.maxUnsentBytes() + " are allowed", null);
    }

    /** Takes up what earlier processes left, once; fails while the folder cannot be used. */
    private void makeReady() {
        if (!ready) {
            thread.locked(() -> {
                if (!recovered) {
                    Files.createDirectories(data);
                    claim.take();
                    SpoolClaim.deleteFiles(staging);
                    new SpoolRecovery(table, quarantine).run(data);
                    recovered = true;
                    writer.nameFiles();
                }
            }, data);
            ready = true;
        }
    }

    private final class FileBatch implements Batch {
        private final StagedLines lines;
        private boolean done;

        FileBatch(StagedLines lines) {
            this.lines = lines;
        }

        @Override
        public void append(Category category, byte[] line, int offset, int length) {
            requireOpen();
            try {
                lines.append(category, line, offset, length);
            } catch (IOException e) {
                throw StoreFolder.broken("event spool", data, e);
            }
            if (lines.spilled() && !fits(lines.bytes()) && settings.overflow() == Overflow.REJECT) {
                throw full();
            }
        }

        @Override
        public void commit() {
            requireOpen();
            done = true;
            if (lines.bytes() == 0) {
                lines.release();
                return;
            }
            thread.run(() -> write(lines), lines::release, data);
        }

        private void requireOpen() {
            if (done) {
                throw new IllegalStateException("the batch is committed or closed");
            }
        }

        @Override
        public void close() {
            if (!done) {
                done = true;
                lines.release();
            }
        }
    }

    private void write(StagedLines lines) throws IOException {
        while (!fits(lines.bytes())) {
            if (settings.overflow() == Overflow.REJECT) {
                throw full();
            }
            writer.drop(table.oldest().orElseThrow());
        }
        for (;;) {
            try {
                writer.write(lines);
                return;
            } catch (IOException e) {
                rolledBack.incrementAndGet();
                if (!writer.makeRoom(lines.bytes(), settings.overflow() == Overflow.DROP_OLDEST)) {
                    throw e;
                }
            }
        }
    }

    /** A batch alone may be larger than the limit: refusing it would be refusing it for ever. */
    private boolean fits(long bytes) {
        long unsent = table.unsent();
        return unsent == 0 || unsent + bytes <= settings.maxUnsentBytes();
    }

    @Override
    public void reject(String reason, byte[] event, int offset, int length) {
        quarantine.add(reason, event, offset, length, length);
    }

    @Override
    public void nodeIs(String session, String nodeId) {
        SpoolNames.requireSegment("node id", nodeId);
        thread.locked(() -> writer.nodeIs(session, nodeId), data);
    }

    @Override
    public void seal(String session) {
        thread.locked(() -> table.active(entry -> session.isEmpty() || entry.category.session().equals(session))
                .forEach(writer::seal), data);
    }

    @Override
    public void tick() {
        try {
            makeReady();
            thread.locked(writer::rotate, data);
            if (settings.fsync() == Fsync.INTERVAL) {
                forceAll();
            }
        } catch (HistoryException e) {
            LOG.log(System.Logger.Level.WARNING, "the event spool does not work", e);
        }
    }

    /** Outside of the lock: a slow disk must not keep the posts waiting. */
    private void forceAll() {
        for (SpoolHandles.Unforced file : thread.locked(writer::takeUnforced, data)) {
            try {
                file.force();
            } catch (IOException e) {
                // Closed in this moment, then it is forced the next time; or the disk is broken, which writes will tell.
                LOG.log(System.Logger.Level.DEBUG, () -> "spool file " + file.path() + " was not forced", e);
            }
        }
    }

    @Override
    public List<SpoolFile> files() {
        makeReady();
        return table.snapshot();
    }

    @Override
    public <T> Optional<T> read(SpoolFile file, long from, long to, RangeReader<T> reader) {
        for (int attempt = 1; ; attempt++) {
            Optional<SpoolTable.Place> place = table.place(file.id());
            if (place.isEmpty()) {
                return Optional.empty();
            }
            if (from < 0 || from > to || to > place.get().committed()) {
                throw HistoryException.invalid("range " + from + " to " + to + " of a spool file of " + place.get().committed()
                        + " bytes");
            }
            Path path = place.get().path();
            try (var channel = Files.newByteChannel(path).position(from);
                    InputStream range = new FilePart(Channels.newInputStream(channel), to - from, path.toString())) {
                return Optional.of(reader.read(range));
            } catch (NoSuchFileException renamed) {
                // Its node became known between the look and the opening; or somebody has deleted it, and nothing is left.
                if (attempt == TRIES) {
                    thread.locked(() -> table.find(file.id()).ifPresent(writer::drop), data);
                }
            } catch (IOException e) {
                throw StoreFolder.broken("spool file", path, e);
            }
        }
    }

    @Override
    public void confirm(SpoolFile file, long length) {
        table.confirm(file.id(), length).ifPresent(entry -> thread.locked(() -> writer.delete(entry), data));
    }

    @Override
    public Optional<Instant> oldestUnsent() {
        return table.oldestUnsent();
    }

    @Override
    public SpoolUsage usage() {
        return new SpoolUsage(table.unsent(), settings.maxUnsentBytes(), table.disk(), table.files(), table.dropped(),
                rolledBack.get(), quarantine.rejected(), quarantine.lost());
    }

    @Override
    public void stop() {
        stopped = true;
    }

    @Override
    public void close() {
        stopped = true;
        thread.close();
        thread.locked(writer::close, data);
        if (settings.fsync() != Fsync.NEVER) {
            forceAll();
        }
        thread.locked(claim::close, data);
    }
}
