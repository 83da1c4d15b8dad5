package io.rayhistory.adapters.azureblob;

import io.rayhistory.domain.HistoryException;

import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * Waits for permissions that were given a moment ago: a new role assignment takes up to ten minutes to work, a new federated
 * credential some. From the first refusal of that kind a thread of its own tries again, after pauses that grow, until it
 * works or the time is over; calls meanwhile fail at once and say so. Only at the start: once anything was answered, a
 * refusal is one. Thread-safe.
 */
final class FreshGrants implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(FreshGrants.class.getName());
    /** Parts of the whole patience: of ten minutes 5 s and 30 s. */
    private static final int FIRST_PAUSE = 120;
    private static final int LONGEST_PAUSE = 20;

    private final Duration patience;
    private final Runnable trial;
    private final InstantSource clock;
    private HistoryException reason;
    private Thread waiting;
    private boolean over;

    /**
     * @param patience how long to wait, from the first refusal
     * @param trial    tries again; throws what the client throws
     */
    FreshGrants(Duration patience, Runnable trial, InstantSource clock) {
        this.patience = patience;
        this.trial = trial;
        this.clock = clock;
    }

    /** @throws HistoryException UNAVAILABLE with the reason, while it is waited for */
    synchronized void requireNotWaiting() {
        if (waiting != null) {
            throw new HistoryException(reason.kind(), reason.getMessage(), reason);
        }
    }

    /** The service let us do something, or at least look. */
    synchronized void worked() {
        over = true;
    }

    /** @return the refusal with what is done about it, or as it was if nothing is */
    synchronized HistoryException refused(HistoryException refusal) {
        if (over || patience.isZero()) {
            return refusal;
        }
        if (waiting == null) {
            reason = new HistoryException(refusal.kind(), refusal.getMessage() + " Waiting for it, in case it was given just now: tried again until "
                    + clock.instant().plus(patience).truncatedTo(ChronoUnit.SECONDS) + ".", refusal);
            LOG.log(System.Logger.Level.WARNING, reason.getMessage());
            waiting = new Thread(this::await, "azure-grants");
            waiting.setDaemon(true);
            waiting.start();
        }
        return reason;
    }

    private void await() {
        long end = System.nanoTime() + patience.toNanos();
        long longest = patience.toMillis() / LONGEST_PAUSE;
        boolean works = false;
        try {
            for (long pause = patience.toMillis() / FIRST_PAUSE; !works && System.nanoTime() - end < 0; pause = Math.min(2 * pause, longest)) {
                Thread.sleep(pause);
                works = works();
            }
        } catch (InterruptedException closed) {
            return;
        }
        LOG.log(works ? System.Logger.Level.INFO : System.Logger.Level.WARNING,
                works ? "Azure: access works now" : "Azure: access is still refused after " + patience + "; not waiting any longer");
        synchronized (this) {
            waiting = null;
            over = true;
        }
    }

    /** Anything but such a refusal ends the waiting: the next call tells what it is. */
    private boolean works() {
        try {
            trial.run();
            return true;
        } catch (RuntimeException e) {
            return !AzureErrors.isFreshGrant(e);
        }
    }

    @Override
    public synchronized void close() {
        over = true;
        if (waiting != null) {
            waiting.interrupt();
        }
    }
}
