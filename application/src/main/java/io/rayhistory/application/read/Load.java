package io.rayhistory.application.read;

import io.rayhistory.domain.HistoryException;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * One load that any number of callers wait for. Its time runs from its creation. Ends exactly once: with a session,
 * with a failure, or given up, after which its thread is interrupted and its result no longer wanted.
 */
final class Load {
    private final SessionEntry entry;
    private final Duration limit;
    private final long started = System.nanoTime();
    private final Function<Load, StoredSession> work;
    private final BiConsumer<Load, Boolean> whenDone;
    private final CompletableFuture<StoredSession> result = new CompletableFuture<>();
    private final LoadMeter meter = new LoadMeter();
    private final AtomicBoolean ended = new AtomicBoolean();
    private Thread thread;

    /** @param whenDone called once, with whether there is a session, before anybody who waits is told */
    Load(SessionEntry entry, Duration limit, Function<Load, StoredSession> work,
         BiConsumer<Load, Boolean> whenDone) {
        this.entry = entry;
        this.limit = limit;
        this.work = work;
        this.whenDone = whenDone;
    }

    SessionEntry entry() {
        return entry;
    }

    LoadMeter meter() {
        return meter;
    }

    void runOn(Executor threads) {
        threads.execute(this::run);
    }

    private void run() {
        if (!begin()) {
            return;
        }
        try {
            StoredSession session = work.apply(this);
            if (ended.compareAndSet(false, true)) {
                whenDone.accept(this, true);
                result.complete(session);
            }
        } catch (OutOfMemoryError e) {
            fail(new HistoryException(HistoryException.Kind.TOO_LARGE, "There is not enough memory to load "
                    + SessionLoader.name(entry) + "; give the process more heap (-Xmx).", e));
        } catch (RuntimeException | Error e) {
            fail(e);
        } finally {
            end();
        }
    }

    private synchronized boolean begin() {
        thread = Thread.currentThread();
        return !ended.get();
    }

    /** The thread goes back to its pool: an interrupt that was meant for this load must not reach the next one. */
    private synchronized void end() {
        thread = null;
        Thread.interrupted();
    }

    /** Ends the load for everybody who waits, if it has not ended yet. */
    void giveUp(HistoryException why) {
        fail(why);
        synchronized (this) {
            if (thread != null) {
                thread.interrupt();
            }
        }
    }

    private void fail(Throwable why) {
        if (ended.compareAndSet(false, true)) {
            whenDone.accept(this, false);
            result.completeExceptionally(why);
        }
    }

    /** Waits for the session, at most until the time of this load is over. */
    StoredSession await() {
        try {
            return result.get(Math.max(0, limit.toNanos() - (System.nanoTime() - started)), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            giveUp(LoadWatch.tooSlow(SessionLoader.name(entry), limit, e));
            return settled();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw HistoryException.unavailable("Waiting for " + SessionLoader.name(entry) + " was interrupted.", e);
        } catch (ExecutionException e) {
            return rethrow(e.getCause());
        }
    }

    /** The result that is there, or is being put there right now. */
    private StoredSession settled() {
        try {
            return result.join();
        } catch (CompletionException e) {
            return rethrow(e.getCause());
        }
    }

    /** Each waiting caller gets an exception with its own stack; the loading thread's is the cause. */
    private static StoredSession rethrow(Throwable cause) {
        if (cause instanceof HistoryException known) {
            throw new HistoryException(known.kind(), known.getMessage(), known);
        }
        throw new IllegalStateException("Loading a session failed: " + cause, cause);
    }
}
