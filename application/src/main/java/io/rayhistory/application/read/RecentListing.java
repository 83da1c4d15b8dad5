package io.rayhistory.application.read;

import io.rayhistory.domain.HistoryException;

import java.lang.System.Logger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * The stored sessions as they were a moment ago. Listing tens of thousands of markers takes many times as long as making a
 * page of them, and people turn pages and pages poll: up to {@link #FRESH} a listing is used as it is, up to {@link #USABLE}
 * it is answered and renewed behind the caller's back, after that it is waited for. Where listing is slow, both are longer,
 * or a listing would be old before it is there. A failure is never remembered: whoever
 * has to wait gets it. Thread-safe.
 */
final class RecentListing implements Supplier<SessionCatalog.Listing> {
    static final Duration FRESH = Duration.ofSeconds(2);
    static final Duration USABLE = Duration.ofSeconds(15);
    private static final Logger LOG = System.getLogger(RecentListing.class.getName());

    private static final Duration MOST_TAKEN = Duration.ofSeconds(30);

    /** @param took how long listing took */
    private record Known(SessionCatalog.Listing listing, Instant since, Duration took) {
    }

    private final Supplier<SessionCatalog.Listing> source;
    private final InstantSource clock;
    private final AtomicBoolean renewing = new AtomicBoolean();
    private final Object listing = new Object();
    private volatile Known known;

    RecentListing(Supplier<SessionCatalog.Listing> source, InstantSource clock) {
        this.source = source;
        this.clock = clock;
    }

    @Override
    public SessionCatalog.Listing get() {
        Known now = known;
        if (isFresh(now)) {
            return now.listing();
        }
        if (now != null && isYounger(now, USABLE.plus(now.took().multipliedBy(10)))) {
            if (renewing.compareAndSet(false, true)) {
                Thread thread = new Thread(this::renewBehind, "history-listing");
                thread.setDaemon(true);
                thread.start();
            }
            return now.listing();
        }
        synchronized (listing) {
            return isFresh(known) ? known.listing() : renew();
        }
    }

    private boolean isFresh(Known what) {
        return what != null && isYounger(what, FRESH.plus(what.took()));
    }

    private boolean isYounger(Known what, Duration age) {
        return !clock.instant().isAfter(what.since().plus(age)) && !clock.instant().isBefore(what.since());
    }

    private SessionCatalog.Listing renew() {
        Instant since = clock.instant();
        SessionCatalog.Listing listed = source.get();
        Duration took = Duration.between(since, clock.instant());
        known = new Known(listed, since, took.isNegative() ? Duration.ZERO : took.compareTo(MOST_TAKEN) > 0 ? MOST_TAKEN : took);
        return listed;
    }

    private void renewBehind() {
        try {
            renew();
        } catch (HistoryException e) {
            LOG.log(Logger.Level.DEBUG, () -> "Listing sessions again failed: " + e.getMessage());
        } finally {
            renewing.set(false);
        }
    }
}
