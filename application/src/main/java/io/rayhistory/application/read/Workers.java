package io.rayhistory.application.read;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** The end of threads that touch a store. */
final class Workers {
    /** As long as a store's call may go on after an interrupt; a process that is told to stop has 30 s by default. */
    private static final long LATEST_MS = 5_000;

    private Workers() {
    }

    /** Gives up what is under way and waits for it, for whoever closes a store next relies on nothing being written any more. */
    static void end(ExecutorService threads) {
        threads.shutdownNow();
        try {
            threads.awaitTermination(LATEST_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
