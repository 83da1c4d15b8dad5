package io.rayhistory.application.collect;

import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.domain.HistoryException;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Whether the store can be reached: found out at the start, and again whenever somebody had trouble with it. Thread-safe;
 * {@link #work} is for one thread.
 */
final class StoreHealth {
    private static final System.Logger LOG = System.getLogger(StoreHealth.class.getName());
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final ObjectStore store;
    private final InstantSource clock;
    private volatile String trouble = "not asked yet";
    private volatile boolean doubted = true;
    private Instant next = Instant.MIN;

    StoreHealth(ObjectStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Somebody could not write. */
    void doubt() {
        doubted = true;
    }

    /** Asks the store if there is doubt, at most every ten seconds. */
    void work() {
        if (!doubted || clock.instant().isBefore(next)) {
            return;
        }
        try {
            doubted = false;
            store.check();
            if (!trouble.isEmpty()) {
                LOG.log(System.Logger.Level.INFO, "the store {0} can be reached", store.describe());
            }
            trouble = "";
        } catch (HistoryException e) {
            doubted = true;
            if (!e.getMessage().equals(trouble)) {
                LOG.log(System.Logger.Level.WARNING, "the store {0} is not to be had, everything waits on this disk: {1}",
                        store.describe(), e.getMessage());
            }
            trouble = e.getMessage();
        } finally {
            next = clock.instant().plus(PAUSE);
        }
    }

    /** Why it cannot be reached, {@code ""} if it can. */
    String trouble() {
        return trouble;
    }
}
