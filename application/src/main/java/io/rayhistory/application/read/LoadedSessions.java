package io.rayhistory.application.read;

import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.id.SessionKey;

import java.lang.System.Logger;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * The cache of loaded sessions. A hit takes no lock. A miss joins the session's load or starts it; at most
 * {@link #PARALLEL_LOADS} sessions load at once (and one in the background), at most {@link #WAITING_LOADS} wait for
 * their turn.
 *
 * <p>A stored session may still grow. A hit that finds its knowledge older than the freshness setting (or than ten
 * times what loading took, if that is more) answers at once with what is there and has the store listed in the
 * background. When that finds other event files, log events or stored answers than were loaded, the session is loaded
 * again and then takes the place of the old one; grown log files alone only renew the list of logs. A background
 * failure is logged and leaves the old state; a session that is gone from the store is dropped.
 */
final class LoadedSessions implements SessionHistories, AutoCloseable {
    static final int PARALLEL_LOADS = 4;
    static final int WAITING_LOADS = 256;
    private static final int WAITING_REFRESHES = 64;
    private static final Logger LOG = System.getLogger("io.rayhistory.load");

    /** Where sessions come from. */
    interface Source {
        /** @throws HistoryException MISSING if there is nothing, UNAVAILABLE if the store fails */
        SessionContents locate(SessionEntry entry);

        /** @param meter is told how far it is */
        Loaded load(SessionEntry entry, SessionContents contents, LoadMeter meter);

        /** The same history with another list of logs and answers. */
        Loaded relist(Loaded before, SessionContents contents);

        default SnapshotStats snapshots() {
            return SnapshotStats.NONE;
        }

        /** Ends what goes on in the background. */
        default void close() {
        }
    }

    /** @param weightBytes estimated heap */
    record Loaded(StoredSession session, SessionContents contents, long weightBytes) {
    }

    private final Source source;
    private final SessionCacheSettings settings;
    private final InstantSource clock;
    private final ConcurrentHashMap<SessionKey, Cached> cache = new ConcurrentHashMap<>();
    private final Map<SessionKey, Load> loads = new HashMap<>();
    private final ThreadPoolExecutor loaders = pool(PARALLEL_LOADS, WAITING_LOADS, "history-load");
    private final ExecutorService refresher;
    private final AtomicLong uses = new AtomicLong();
    private final LongAdder hits = new LongAdder();
    private final LongAdder finished = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    LoadedSessions(Source source, SessionCacheSettings settings, InstantSource clock) {
        this(source, settings, clock, pool(1, WAITING_REFRESHES, "history-refresh"));
    }

    /** @param refresher looks for news; closed with this */
    LoadedSessions(Source source, SessionCacheSettings settings, InstantSource clock, ExecutorService refresher) {
        this.refresher = refresher;
        this.source = source;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public StoredSession open(SessionEntry entry) {
        long now = clock.millis();
        dropUnused(now);
        Cached cached = cache.get(entry.key());
        return cached != null ? hit(entry, cached, now) : miss(entry, now);
    }

    @Override
    public Optional<StoredSession> loaded(SessionEntry entry) {
        return Optional.ofNullable(cache.get(entry.key())).map(cached -> cached.loaded().session());
    }

    private StoredSession hit(SessionEntry entry, Cached cached, long now) {
        hits.increment();
        cached.touch(now, uses.incrementAndGet());
        if (cached.claimRefresh(now)) {
            try {
                refresher.execute(() -> refresh(entry, cached));
            } catch (RejectedExecutionException e) {
                LOG.log(Logger.Level.DEBUG, "Too much to look after; a later hit will try again.");
            }
        }
        return cached.loaded().session();
    }

    private StoredSession miss(SessionEntry entry, long now) {
        Load load;
        synchronized (loads) {
            // A load publishes its result before it leaves the table, so one of the two look-ups finds it.
            Cached cached = cache.get(entry.key());
            if (cached != null) {
                return hit(entry, cached, now);
            }
            load = loads.get(entry.key());
            if (load == null) {
                load = new Load(entry, settings.loadTimeout(), this::loadNow, this::leave);
                loads.put(entry.key(), load);
                start(load);
            }
        }
        return load.await();
    }

    private void start(Load load) {
        try {
            load.runOn(loaders);
        } catch (RejectedExecutionException e) {
            loads.remove(load.entry().key());
            failed.increment();
            throw HistoryException.unavailable("Too many sessions are being loaded; try again in a while.", e);
        }
    }

    private void leave(Load load, boolean success) {
        if (!success) {
            failed.increment();
        }
        synchronized (loads) {
            loads.remove(load.entry().key(), load);
        }
    }

    /** On a loading thread: loads and publishes. An abandoned load is told by the interrupt and publishes nothing. */
    private StoredSession loadNow(Load load) {
        SessionEntry entry = load.entry();
        long begin = System.nanoTime();
        Loaded loaded = source.load(entry, source.locate(entry), load.meter());
        if (Thread.currentThread().isInterrupted()) {
            throw HistoryException.unavailable("Loading was interrupted.", null);
        }
        publish(entry, loaded, System.nanoTime() - begin);
        return loaded.session();
    }

    private void publish(SessionEntry entry, Loaded loaded, long took) {
        finished.increment();
        nanos.add(took);
        long now = clock.millis();
        Cached cached = new Cached(loaded, TimeUnit.NANOSECONDS.toMillis(took), now, settings.freshness().toMillis());
        cached.touch(now, uses.incrementAndGet());
        cache.put(entry.key(), cached);
        evict(entry.key());
    }

    private void refresh(SessionEntry entry, Cached cached) {
        try {
            SessionContents contents = source.locate(entry);
            if (contents.equals(cached.loaded().contents())) {
                return;
            }
            if (SessionChanges.onlyLogsGrew(cached.loaded().contents(), contents)) {
                cached.replace(source.relist(cached.loaded(), contents));
            } else {
                long begin = System.nanoTime();
                Loaded again = source.load(entry, contents, new LoadMeter());
                if (cache.get(entry.key()) == cached) {
                    publish(entry, again, System.nanoTime() - begin);
                }
            }
        } catch (HistoryException e) {
            if (e.kind() == HistoryException.Kind.MISSING) {
                cache.remove(entry.key(), cached);
            }
            LOG.log(Logger.Level.WARNING, () -> "Looking for news of " + SessionLoader.name(entry) + " failed: "
                    + e.getMessage());
        } catch (RuntimeException | OutOfMemoryError e) {
            LOG.log(Logger.Level.ERROR, "Loading " + SessionLoader.name(entry) + " again failed", e);
        }
    }

    /** Sessions that nobody asked for in a while; looked for at every question, so no timer is needed. */
    private void dropUnused(long now) {
        long oldest = now - settings.ttl().toMillis();
        for (Iterator<Cached> each = cache.values().iterator(); each.hasNext();) {
            if (each.next().lastUsed() < oldest) {
                each.remove();
            }
        }
    }

    /** Drops the least recently used ones until both limits hold, but never the one just loaded. */
    private synchronized void evict(SessionKey justLoaded) {
        while (cache.size() > settings.maxSessions() || bytes() > settings.maxBytes()) {
            SessionKey oldest = null;
            for (Map.Entry<SessionKey, Cached> each : cache.entrySet()) {
                boolean older = oldest == null || each.getValue().use() < use(oldest);
                if (!each.getKey().equals(justLoaded) && older) {
                    oldest = each.getKey();
                }
            }
            if (oldest == null) {
                return;
            }
            cache.remove(oldest);
        }
    }

    private long use(SessionKey key) {
        Cached cached = cache.get(key);
        return cached == null ? Long.MIN_VALUE : cached.use();
    }

    private long bytes() {
        return cache.values().stream().mapToLong(cached -> cached.loaded().weightBytes()).sum();
    }

    @Override
    public Optional<LoadProgress> progress(SessionEntry entry) {
        synchronized (loads) {
            return Optional.ofNullable(loads.get(entry.key())).map(load -> load.meter().progress());
        }
    }

    @Override
    public Stats stats() {
        dropUnused(clock.millis());
        return new Stats(cache.size(), bytes(), finished.sum(), failed.sum(), hits.sum(), nanos.sum(),
                source.snapshots());
    }

    /** Ends running loads; whoever waits for one gets UNAVAILABLE. */
    @Override
    public void close() {
        refresher.shutdownNow();
        loaders.shutdownNow();
        Load[] open;
        synchronized (loads) {
            open = loads.values().toArray(Load[]::new);
        }
        for (Load load : open) {
            load.giveUp(HistoryException.unavailable("The reader was closed.", null));
        }
        cache.clear();
        source.close();
    }

    private static ThreadPoolExecutor pool(int threads, int waiting, String name) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(threads, threads, 10, TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(waiting), work -> {
                    Thread thread = new Thread(work, name);
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
