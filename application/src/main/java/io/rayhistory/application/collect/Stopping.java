package io.rayhistory.application.collect;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * How long a collector that was told to stop goes on: Kubernetes tells all containers of a pod at the same moment, so the
 * most interesting events and lines are still to come. Until Ray is dead and silent, or the time is nearly over, or
 * somebody hurries. Thread-safe.
 */
final class Stopping {
    /** Of the time, for the last commits; never more than a third of it. */
    private static final Duration LAST_COMMITS = Duration.ofSeconds(8);
    private static final Duration HURRIED = Duration.ofSeconds(5);
    private static final int LOOK_MS = 200;

    private final long deadline;
    private final long waitUntil;
    private final CountDownLatch hurried = new CountDownLatch(1);

    Stopping(Duration grace) {
        long now = System.nanoTime();
        deadline = now + grace.toNanos();
        waitUntil = deadline - Math.min(LAST_COMMITS.toNanos(), grace.toNanos() / 3);
    }

    void hurry() {
        hurried.countDown();
    }

    /** Waits while it makes sense. */
    void await(BooleanSupplier everythingEnded) {
        try {
            while (!everythingEnded.getAsBoolean() && System.nanoTime() - waitUntil < 0
                    && !hurried.await(LOOK_MS, TimeUnit.MILLISECONDS)) {
                // looks again
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is left of the time, in nanoseconds; less if somebody hurries. */
    long left() {
        long left = Math.max(0, deadline - System.nanoTime());
        return hurried.getCount() == 0 ? Math.min(left, HURRIED.toNanos()) : left;
    }
}
