package io.rayhistory.application.read;

import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.HistoryException.Kind;

import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * Loads ended sessions from their snapshots, all others from where it gets them; writes snapshots of those that had to be
 * replayed, when it is told to. A snapshot is never needed: whatever is wrong with one or with its store is counted,
 * logged, and answered by a replay. Thread-safe.
 */
final class SnapshotSource implements LoadedSessions.Source, EndedSession.Product {
    /** A store that refused one snapshot will refuse the next. */
    private static final Duration PAUSE = Duration.ofMinutes(10);
    private static final Logger LOG = System.getLogger("io.rayhistory.load");

    private final LoadedSessions.Source replays;
    private final ObjectStore store;
    private final Snapshots snapshots;
    private final SnapshotSettings settings;
    private final InstantSource clock;
    private final LongAdder read = new LongAdder();
    private final LongAdder missing = new LongAdder();
    private final LongAdder damaged = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder written = new LongAdder();
    private volatile Instant writesAgain = Instant.MIN;
    private volatile boolean warned;

    SnapshotSource(LoadedSessions.Source replays, ObjectStore store, Snapshots snapshots, SnapshotSettings settings,
                   InstantSource clock) {
        this.replays = replays;
        this.store = store;
        this.snapshots = snapshots;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public SessionContents locate(SessionEntry entry) {
        return replays.locate(entry);
    }

    @Override
    public LoadedSessions.Loaded load(SessionEntry entry, SessionContents contents, LoadMeter meter) {
        if (!settings.mode().reads() || !EndedSession.isEnded(contents, clock.instant(), settings.quiet())) {
            return replays.load(entry, contents, meter);
        }
        SnapshotUse use = SnapshotUse.NONE;
        try {
            Optional<LoadedSessions.Loaded> loaded = fromSnapshot(entry, contents);
            if (loaded.isPresent()) {
                read.increment();
                return loaded.get();
            }
            missing.increment();
        } catch (RuntimeException | OutOfMemoryError e) {
            use = unusable(entry, e);
        }
        if (Thread.currentThread().isInterrupted()) {
            throw HistoryException.unavailable("Loading was interrupted.", null);
        }
        LoadedSessions.Loaded replayed = replays.load(entry, contents, meter);
        StoredSession session = replayed.session();
        return use == SnapshotUse.NONE ? replayed : new LoadedSessions.Loaded(new StoredSession(entry,
                session.history(), session.logs(), session.endpoints(), session.rayVersion(), session.timezone(),
                session.report().with(use)), contents, replayed.weightBytes());
    }

    private Optional<LoadedSessions.Loaded> fromSnapshot(SessionEntry entry, SessionContents contents) {
        long started = System.nanoTime();
        return snapshots.read(entry.key(), ListingFingerprint.of(contents)).map(found -> {
            double seconds = (System.nanoTime() - started) / 1e9;
            SnapshotContent content = found.content();
            LOG.log(Logger.Level.INFO, () -> "Loaded " + SessionLoader.name(entry) + " in " + Math.round(seconds * 1e3)
                    + " ms from its snapshot of " + found.length() + " bytes: " + content.history().tasks().size()
                    + " task attempts");
            return SessionLoader.loaded(new StoredSession(entry, content.history(),
                    new StoredSessionLogs(store, contents), new StoreEndpoints(store, contents), content.rayVersion(),
                    content.timezone(), content.report().took(seconds)), contents);
        });
    }

    /** One that is sound but cannot be had, or not in this heap, is left where it is. */
    private SnapshotUse unusable(SessionEntry entry, Throwable e) {
        boolean sound = e instanceof UncheckedIOException || e instanceof OutOfMemoryError
                || e instanceof HistoryException known && known.kind() != Kind.CORRUPT;
        (sound ? failed : damaged).increment();
        LOG.log(Logger.Level.WARNING, () -> "The snapshot of " + SessionLoader.name(entry) + (sound ? " cannot be read"
                : " is damaged") + ", so the session is replayed: "
                + (e instanceof HistoryException ? e.getMessage() : e.toString()));
        return sound ? SnapshotUse.NONE : SnapshotUse.DAMAGED;
    }

    /** Writes the snapshot of a session that was replayed, and removes the one of an earlier state. */
    @Override
    public void store(EndedSession ended) {
        StoredSession session = ended.loaded().session();
        SnapshotUse use = session.report().snapshot();
        if (!settings.mode().writes() || use == SnapshotUse.READ || clock.instant().isBefore(writesAgain)) {
            return;
        }
        long started = System.nanoTime();
        try {
            Optional<ObjectInfo> stored = snapshots.write(ended.entry().key(), ended.fingerprint(),
                    SnapshotContent.of(session), use == SnapshotUse.DAMAGED);
            if (stored.isEmpty()) {
                return;
            }
            written.increment();
            int removed = snapshots.removeOthers(ended.entry().key(), ended.fingerprint());
            LOG.log(Logger.Level.INFO, () -> "Wrote the snapshot of " + SessionLoader.name(ended.entry()) + " in "
                    + (System.nanoTime() - started) / 1_000_000 + " ms: " + stored.get().length() + " bytes, " + removed
                    + " older ones removed");
        } catch (HistoryException | UncheckedIOException e) {
            failed.increment();
            writesAgain = clock.instant().plus(PAUSE);
            LOG.log(warned ? Logger.Level.DEBUG : Logger.Level.WARNING, () -> "Snapshots cannot be written now, so"
                    + " sessions will be replayed when they are loaded again: " + e.getMessage());
            warned = true;
        }
    }

    @Override
    public LoadedSessions.Loaded relist(LoadedSessions.Loaded before, SessionContents contents) {
        return replays.relist(before, contents);
    }

    @Override
    public SnapshotStats snapshots() {
        return new SnapshotStats(read.sum(), missing.sum(), damaged.sum(), failed.sum(), written.sum());
    }
}
