package io.rayhistory.adapters.azureblob;

import io.rayhistory.domain.HistoryException;

import java.time.Duration;

/**
 * Fails at once while storage has been out of reach for a minute, so that requests do not queue behind one another's
 * time budgets. Every few seconds one is let through to see whether it is back. Thread-safe.
 */
final class Circuit {
    private final long patienceNanos;
    private final long trialNanos;
    private boolean failing;
    private long failingSince;
    private long lastTrial;
    private HistoryException last;

    Circuit(Duration patience, Duration trial) {
        this.patienceNanos = patience.toNanos();
        this.trialNanos = trial.toNanos();
    }

    /** @throws HistoryException UNAVAILABLE with the last reason */
    synchronized void requireClosed() {
        long now = System.nanoTime();
        if (!failing || now - failingSince < patienceNanos) {
            return;
        }
        if (now - lastTrial >= trialNanos) {
            lastTrial = now;
            return;
        }
        throw HistoryException.unavailable(last.getMessage() + " Out of reach for " + (now - failingSince) / 1_000_000_000
                + " s; tried again every " + trialNanos / 1_000_000_000 + " s.", last);
    }

    /** The service answered, be it with a refusal. */
    synchronized void answered() {
        failing = false;
        last = null;
    }

    /** The service could not be reached, or is busy. */
    synchronized void failed(HistoryException reason) {
        if (!failing) {
            failing = true;
            failingSince = System.nanoTime();
            lastTrial = failingSince;
        }
        last = reason;
    }
}
