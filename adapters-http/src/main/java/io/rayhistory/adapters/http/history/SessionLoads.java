package io.rayhistory.adapters.http.history;

import io.rayhistory.application.read.LoadProgress;
import io.rayhistory.application.read.SessionEntry;
import io.rayhistory.application.read.SessionHistories;
import io.rayhistory.application.read.StoredSession;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.id.SessionKey;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Loads sessions without making anybody wait: whoever asks starts the load, and may look how far it is. At most {@link
 * #THREADS} sessions load at once, {@link #WAITING} wait. A failure is told to everybody who asks for {@link #TOLD}, so
 * that pages that ask again and again do not load again and again. Thread-safe.
 */
final class SessionLoads implements AutoCloseable {
    static final int THREADS = 8;
    static final int WAITING = 256;
    static final Duration TOLD = Duration.ofSeconds(10);

    /** How far it is. */
    enum Phase { LOADING, READY, FAILED }

    /**
     * @param progress empty until the load begins, and when it is over
     * @param failure  {@code null} unless failed
     */
    record State(Phase phase, Optional<LoadProgress> progress, HistoryException failure) {
    }

    private static final class Load {
        private final CompletableFuture<StoredSession> result = new CompletableFuture<>();
        private volatile Instant failedAt;
    }

    private final SessionHistories histories;
    private final InstantSource clock;
    private final Map<SessionKey, Load> loads = new HashMap<>();
    private final ThreadPoolExecutor threads;

    SessionLoads(SessionHistories histories, InstantSource clock) {
        this.histories = histories;
        this.clock = clock;
        this.threads = new ThreadPoolExecutor(THREADS, THREADS, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING),
                work -> {
                    Thread thread = new Thread(work, "history-api-load");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** Starts the load unless the session is there, is being loaded, or has just failed to load. */
    State start(SessionEntry entry, boolean retry) {
        if (histories.loaded(entry).isEmpty()) {
            load(entry, retry);
        }
        return state(entry);
    }

    State state(SessionEntry entry) {
        if (histories.loaded(entry).isPresent()) {
            return new State(Phase.READY, Optional.empty(), null);
        }
        Load load;
        synchronized (loads) {
            load = loads.get(entry.key());
        }
        if (load == null || !load.result.isCompletedExceptionally()) {
            return new State(Phase.LOADING, histories.progress(entry), null);
        }
        return new State(Phase.FAILED, Optional.empty(), failure(load));
    }

    /**
     * The session, loaded if that takes no longer than so many seconds.
     *
     * @throws HistoryException what the load failed with
     */
    Optional<StoredSession> await(SessionEntry entry, int seconds) {
        if (histories.loaded(entry).isPresent()) {
            return Optional.of(histories.open(entry)); // counts as a use, and looks for news
        }
        Load load = load(entry, false);
        try {
            return Optional.of(load.result.get(seconds, TimeUnit.SECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw HistoryException.unavailable("Waiting for a load was interrupted.", e);
        } catch (ExecutionException e) {
            throw failure(load);
        }
    }

    private Load load(SessionEntry entry, boolean retry) {
        Load load;
        synchronized (loads) {
            forget(retry ? entry.key() : null);
            load = loads.get(entry.key());
            if (load != null) {
                return load;
            }
            load = new Load();
            loads.put(entry.key(), load);
        }
        Load started = load;
        try {
            threads.execute(() -> run(entry, started));
        } catch (RejectedExecutionException e) {
            synchronized (loads) {
                loads.remove(entry.key(), started);
            }
            throw HistoryException.unavailable("Too many sessions are being loaded; try again in a while.", e);
        }
        return load;
    }

    private void run(SessionEntry entry, Load load) {
        try {
            StoredSession session = histories.open(entry);
            synchronized (loads) {
                loads.remove(entry.key(), load);
            }
            load.result.complete(session);
        } catch (RuntimeException | Error e) {
            load.failedAt = clock.instant();
            load.result.completeExceptionally(e);
        }
    }

    /** Failures that were told long enough, and the one that is to be tried again. */
    private void forget(SessionKey again) {
        Instant old = clock.instant().minus(TOLD);
        for (Iterator<Map.Entry<SessionKey, Load>> each = loads.entrySet().iterator(); each.hasNext();) {
            Map.Entry<SessionKey, Load> next = each.next();
            Instant failed = next.getValue().failedAt;
            if (failed != null && (failed.isBefore(old) || next.getKey().equals(again))) {
                each.remove();
            }
        }
    }

    private static HistoryException failure(Load load) {
        try {
            load.result.join();
            throw new IllegalStateException("asked for the failure of a load that worked");
        } catch (CompletionException e) {
            if (e.getCause() instanceof HistoryException known) {
                return new HistoryException(known.kind(), known.getMessage(), known);
            }
            throw new IllegalStateException("Loading a session failed: " + e.getCause(), e.getCause());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
