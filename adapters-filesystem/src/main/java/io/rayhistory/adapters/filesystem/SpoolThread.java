package io.rayhistory.adapters.filesystem;

import io.rayhistory.domain.HistoryException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who may change the spool's files: one at a time, and nobody waits long for the one. Ray gives a post 3 s and then sends it
 * again; so a slow disk must be answered with a failure before that.
 */
final class SpoolThread {
    static final int LATEST_MS = 1800;
    private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int MOST_WAITING = 64;
    private static final int IDLE_SECONDS = 30;

    private final ReentrantLock lock = new ReentrantLock();
    private final ThreadPoolExecutor writer = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING), task -> {
                Thread thread = new Thread(task, "event-spool");
                thread.setDaemon(true);
                return thread;
            });
    /** When the running write began; 0 if none runs. */
    private volatile long since;

    SpoolThread() {
        writer.allowCoreThreadTimeOut(true);
    }

    @FunctionalInterface
    interface Action {
        void run() throws IOException;
    }

    @FunctionalInterface
    interface Question<T> {
        T ask() throws IOException;
    }

    /** @throws HistoryException UNAVAILABLE if a write has not come back for a second */
    void requireQuick() {
        long start = since;
        if (start != 0 && System.nanoTime() - start > SLOW_NANOS) {
            throw slow();
        }
    }

    /** On the writer's thread and with the lock; {@code afterwards} runs in any case, once. */
    void run(Action write, Runnable afterwards, Path what) {
        AtomicBoolean begun = new AtomicBoolean();
        CompletableFuture<Void> done = new CompletableFuture<>();
        try {
            writer.execute(() -> {
                if (begun.compareAndSet(false, true)) {
                    perform(write, afterwards, done);
                }
            });
        } catch (RejectedExecutionException tooMany) {
            afterwards.run();
            throw slow();
        }
        try {
            done.get(LATEST_MS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw failure(e.getCause(), what);
        } catch (TimeoutException | InterruptedException late) {
            if (late instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            if (begun.compareAndSet(false, true)) {
                afterwards.run();
            }
            throw slow();
        }
    }

    private void perform(Action write, Runnable afterwards, CompletableFuture<Void> done) {
        Throwable failure = null;
        since = System.nanoTime() | 1;
        lock.lock();
        try {
            write.run();
        } catch (IOException | RuntimeException | Error e) {
            failure = e;
        } finally {
            lock.unlock();
            since = 0;
            afterwards.run();
        }
        if (failure == null) {
            done.complete(null);
        } else {
            done.completeExceptionally(failure);
        }
    }

    /** On the caller's thread. */
    void locked(Action action, Path what) {
        locked(() -> {
            action.run();
            return null;
        }, what);
    }

    <T> T locked(Question<T> question, Path what) {
        try {
            if (!lock.tryLock(LATEST_MS, TimeUnit.MILLISECONDS)) {
                throw slow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw slow();
        }
        try {
            return question.ask();
        } catch (IOException e) {
            throw failure(e, what);
        } finally {
            lock.unlock();
        }
    }

    private static RuntimeException failure(Throwable cause, Path what) {
        if (cause instanceof HistoryException known) {
            return known;
        }
        if (cause instanceof IOException broken) {
            return StoreFolder.broken("event spool", what, broken);
        }
        return new IllegalStateException("the event spool failed", cause);
    }

    private static HistoryException slow() {
        return HistoryException.unavailable("the event spool's disk is slow: not written within " + LATEST_MS + " ms", null);
    }

    /** Lets the queued writes end. */
    void close() {
        writer.shutdown();
        try {
            writer.awaitTermination(LATEST_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
