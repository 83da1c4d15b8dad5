package io.rayhistory.application.read;

import io.rayhistory.domain.HistoryException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Reads many sources on a few threads and hands what they yield to the calling thread alone. What is on its way is
 * bounded: {@link #BATCH} items a batch, and two waiting batches a thread; readers that are ahead wait.
 */
final class FanIn<T> {
    static final int BATCH = 128;
    private static final long TICK_MS = 100;

    /** Something that yields items. Runs on one of several threads. */
    @FunctionalInterface
    interface Source<T> {
        void readInto(Consumer<T> sink);
    }

    /** @param failure what ended the source early, {@code null} if nothing did */
    private record Batch<T>(List<T> items, boolean last, Throwable failure) {
    }

    private final Runnable watch;
    private volatile boolean stopped;

    private FanIn(Runnable watch) {
        this.watch = watch;
    }

    /**
     * Takes items as they come; the order across sources is arbitrary. The first failure of a source ends all and is
     * thrown.
     *
     * @param watch called on the calling thread several times a second; ends everything by throwing
     */
    static <T> void drain(int threads, Runnable watch, List<? extends Source<T>> sources, Consumer<T> taker) {
        BlockingQueue<Batch<T>> shared = new ArrayBlockingQueue<>(2 * threads);
        new FanIn<T>(watch).drain(threads, sources, Collections.nCopies(sources.size(), shared), List.of(shared),
                sources.size(), taker);
    }

    /** Like {@link #drain}, but takes all of the first source, then all of the second, and so on. */
    static <T> void drainInOrder(int threads, Runnable watch, List<? extends Source<T>> sources, Consumer<T> taker) {
        List<BlockingQueue<Batch<T>>> own = new ArrayList<>(sources.size());
        for (int i = 0; i < sources.size(); i++) {
            own.add(new ArrayBlockingQueue<>(2));
        }
        new FanIn<T>(watch).drain(threads, sources, own, own, 1, taker);
    }

    private void drain(int threads, List<? extends Source<T>> sources, List<BlockingQueue<Batch<T>>> targets,
                       List<BlockingQueue<Batch<T>>> queues, int sourcesPerQueue, Consumer<T> taker) {
        if (sources.isEmpty()) {
            return;
        }
        ExecutorService readers = Executors.newFixedThreadPool(Math.min(threads, sources.size()), FanIn::thread);
        try {
            for (int i = 0; i < sources.size(); i++) {
                Source<T> source = sources.get(i);
                BlockingQueue<Batch<T>> target = targets.get(i);
                readers.execute(() -> read(source, target));
            }
            for (BlockingQueue<Batch<T>> queue : queues) {
                take(queue, sourcesPerQueue, taker);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw HistoryException.unavailable("Loading was interrupted.", e);
        } finally {
            stopped = true;
            readers.shutdownNow();
        }
    }

    private void take(BlockingQueue<Batch<T>> queue, int open, Consumer<T> taker) throws InterruptedException {
        int left = open;
        while (left > 0) {
            Batch<T> batch = queue.poll(TICK_MS, TimeUnit.MILLISECONDS);
            watch.run();
            if (batch == null) {
                continue;
            }
            batch.items().forEach(taker);
            if (batch.failure() instanceof Error error) {
                throw error;
            }
            if (batch.failure() instanceof RuntimeException failure) {
                throw failure;
            }
            if (batch.last()) {
                left--;
            }
        }
    }

    private void read(Source<T> source, BlockingQueue<Batch<T>> target) {
        Batches batches = new Batches(target);
        Throwable failure = null;
        try {
            source.readInto(batches);
        } catch (RuntimeException | Error e) {
            failure = e;
        }
        batches.put(true, failure);
    }

    /** Collects what one source yields. Used by one thread. */
    private final class Batches implements Consumer<T> {
        private final BlockingQueue<Batch<T>> target;
        private List<T> items = new ArrayList<>(BATCH);

        Batches(BlockingQueue<Batch<T>> target) {
            this.target = target;
        }

        @Override
        public void accept(T item) {
            items.add(item);
            if (items.size() == BATCH && !put(false, null)) {
                throw new CancellationException("Nobody waits for this any more.");
            }
        }

        /** Waits for room, but looks up often: a reader may have lost the interrupt that was to end it. */
        boolean put(boolean last, Throwable failure) {
            Batch<T> batch = new Batch<>(items, last, failure);
            items = new ArrayList<>(BATCH);
            try {
                while (!stopped) {
                    if (target.offer(batch, TICK_MS, TimeUnit.MILLISECONDS)) {
                        return true;
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return false;
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "history-load-reader");
        thread.setDaemon(true);
        return thread;
    }
}
