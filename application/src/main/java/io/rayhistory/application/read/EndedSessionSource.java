package io.rayhistory.application.read;

import java.lang.System.Logger;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Has products made of sessions that were loaded and have ended, one session at a time, behind the load's back. Before
 * that the session is listed again: files may have grown between their listing and their reading, and then what was
 * loaded belongs to no listing.
 *
 * <p>At most {@link #WAITING} sessions wait. They may leave the cache meanwhile, and are then forgotten: what waits
 * here holds no heap. Thread-safe.
 */
final class EndedSessionSource implements LoadedSessions.Source, AutoCloseable {
    private static final int WAITING = 1000;
    private static final Logger LOG = System.getLogger("io.rayhistory.load");

    private final LoadedSessions.Source inner;
    private final List<EndedSession.Product> products;
    private final Duration quiet;
    private final InstantSource clock;
    private final ThreadPoolExecutor worker = new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING), work -> {
                Thread thread = new Thread(work, "history-products");
                thread.setDaemon(true);
                return thread;
            });

    EndedSessionSource(LoadedSessions.Source inner, List<EndedSession.Product> products, Duration quiet,
                       InstantSource clock) {
        this.inner = inner;
        this.products = List.copyOf(products);
        this.quiet = quiet;
        this.clock = clock;
        worker.allowCoreThreadTimeOut(true);
    }

    @Override
    public SessionContents locate(SessionEntry entry) {
        return inner.locate(entry);
    }

    @Override
    public LoadedSessions.Loaded load(SessionEntry entry, SessionContents contents, LoadMeter meter) {
        LoadedSessions.Loaded loaded = inner.load(entry, contents, meter);
        if (!products.isEmpty() && EndedSession.isEnded(contents, clock.instant(), quiet)) {
            WeakReference<LoadedSessions.Loaded> held = new WeakReference<>(loaded);
            try {
                worker.execute(() -> makeProducts(entry, held.get()));
            } catch (RejectedExecutionException e) {
                LOG.log(Logger.Level.DEBUG, "Too many ended sessions wait for their products; a later load will do.");
            }
        }
        return loaded;
    }

    /** @param loaded {@code null} if it has left the cache */
    void makeProducts(SessionEntry entry, LoadedSessions.Loaded loaded) {
        if (loaded == null) {
            return;
        }
        try {
            if (inner.locate(entry).equals(loaded.contents())) {
                EndedSession session = new EndedSession(entry, loaded, ListingFingerprint.of(loaded.contents()));
                products.forEach(product -> make(product, session));
            }
        } catch (RuntimeException e) {
            LOG.log(Logger.Level.DEBUG, () -> "Listing " + SessionLoader.name(entry) + " again failed: " + e);
        }
    }

    private static void make(EndedSession.Product product, EndedSession session) {
        try {
            product.store(session);
        } catch (RuntimeException | OutOfMemoryError e) {
            LOG.log(Logger.Level.WARNING, "Storing something made of " + SessionLoader.name(session.entry())
                    + " failed", e);
        }
    }

    @Override
    public LoadedSessions.Loaded relist(LoadedSessions.Loaded before, SessionContents contents) {
        return inner.relist(before, contents);
    }

    @Override
    public SnapshotStats snapshots() {
        return inner.snapshots();
    }

    /** Gives up what is being made; a store never keeps a part of it. */
    @Override
    public void close() {
        Workers.end(worker);
    }
}
