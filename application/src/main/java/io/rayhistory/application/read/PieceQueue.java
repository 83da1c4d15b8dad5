package io.rayhistory.application.read;

import io.rayhistory.domain.HistoryException;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Pieces of work for a few threads; a piece may add others. Ends when all are done, or with the first failure. Holds a
 * small record per piece: one per {@link EventFiles#RANGE} bytes of a session. Thread-safe.
 */
final class PieceQueue {
    private static final long TICK_MS = 100;

    /** Long pieces are begun first. */
    private final PriorityQueue<FilePiece> waiting = new PriorityQueue<>(
            Comparator.comparingLong(PieceQueue::bytes).reversed());
    private int busy;
    private int alive;
    private boolean stopped;
    private Throwable failure;

    private static long bytes(FilePiece piece) {
        return Math.min(piece.length(), piece.object().length() - piece.from());
    }

    synchronized void add(FilePiece piece) {
        waiting.add(piece);
        notifyAll();
    }

    /**
     * Does all the work; returns when no thread is left that could do something.
     *
     * @param workers called once per thread, on the calling thread, for what is to be done with a piece
     */
    void work(int threads, Runnable watch, Supplier<Consumer<FilePiece>> workers) {
        ArrayDeque<Thread> started = new ArrayDeque<>();
        try {
            int wanted;
            synchronized (this) {
                wanted = waiting.isEmpty() ? 0 : threads;
                alive = wanted;
            }
            for (int i = 0; i < wanted; i++) {
                Consumer<FilePiece> worker = workers.get();
                Thread thread = new Thread(() -> run(worker), "history-load-reader");
                thread.setDaemon(true);
                started.add(thread);
            }
            started.forEach(Thread::start);
            await(watch);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw HistoryException.unavailable("Loading was interrupted.", e);
        } finally {
            stop();
            started.forEach(Thread::interrupt);
        }
    }

    private synchronized void await(Runnable watch) throws InterruptedException {
        while (alive > 0 && failure == null) {
            wait(TICK_MS);
            watch.run();
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException known) {
            throw known;
        }
    }

    private synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    private void run(Consumer<FilePiece> worker) {
        Throwable end = null;
        try {
            for (FilePiece piece = next(); piece != null; piece = next()) {
                worker.accept(piece);
                done();
            }
        } catch (InterruptedException | RuntimeException | Error e) {
            end = e;
        }
        leave(end);
    }

    private synchronized FilePiece next() throws InterruptedException {
        while (waiting.isEmpty() && busy > 0 && !stopped) {
            wait();
        }
        FilePiece piece = stopped ? null : waiting.poll();
        busy += piece == null ? 0 : 1;
        return piece;
    }

    private synchronized void done() {
        busy--;
        notifyAll();
    }

    private synchronized void leave(Throwable end) {
        alive--;
        failure = failure == null && !stopped ? end : failure;
        notifyAll();
    }
}
