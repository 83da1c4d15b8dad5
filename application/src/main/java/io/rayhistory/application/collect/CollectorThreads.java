package io.rayhistory.application.collect;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The threads of a collector: one for each chore that comes again and again, so that a store or a dashboard that hangs
 * holds up its own chore only, and a few for sending. Daemons, so that a program that embeds a collector can end.
 */
final class CollectorThreads {
    private static final System.Logger LOG = System.getLogger(CollectorThreads.class.getName());
    private static final int MOST_WAITING = 10_000;
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final ScheduledThreadPoolExecutor chores;
    private final ThreadPoolExecutor senders;

    /** @param chores how many are going to be given to {@link #every}, and of the others that may run at once */
    CollectorThreads(int chores, int senders) {
        this.chores = new ScheduledThreadPoolExecutor(chores, named("collector"));
        this.chores.setRemoveOnCancelPolicy(true);
        this.senders = new ThreadPoolExecutor(senders, senders, IDLE.toSeconds(), TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING),
                named("sender"));
        this.senders.allowCoreThreadTimeOut(true);
    }

    private static ThreadFactory named(String name) {
        AtomicInteger number = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Does it at once, and again so long after it has ended, whatever it throws. */
    void every(Duration pause, String what, Runnable chore) {
        chores.scheduleWithFixedDelay(() -> {
            try {
                chore.run();
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, what + " failed; it is tried again", e);
            }
        }, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Does it at once, and again after the pause it answers; after {@code otherwise} if it throws. */
    void again(String what, Duration otherwise, Supplier<Duration> chore) {
        Duration pause = otherwise;
        try {
            pause = chore.get();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, what + " failed; it is tried again", e);
        }
        try {
            chores.schedule(() -> again(what, otherwise, chore), pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException ended) {
            LOG.log(System.Logger.Level.DEBUG, "{0} ends", what);
        }
    }

    /** For work that may take long, and is done one at a time. */
    Executor chores() {
        return chores;
    }

    /** For sending to the store. */
    Executor senders() {
        return senders;
    }

    <T> Future<T> begin(Callable<T> work) {
        return chores.submit(work);
    }

    /** What came of it, or {@code otherwise} if it failed or takes longer. */
    static <T> T await(Future<T> work, long nanos, String what, T otherwise) {
        try {
            return work.get(Math.max(nanos, 0), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            LOG.log(System.Logger.Level.WARNING, "{0} took too long", what);
        } catch (ExecutionException e) {
            LOG.log(System.Logger.Level.WARNING, what + " failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return otherwise;
    }

    /** Ends all of them, without waiting for what hangs. */
    void end() {
        chores.shutdownNow();
        senders.shutdownNow();
    }
}
