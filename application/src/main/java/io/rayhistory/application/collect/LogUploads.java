package io.rayhistory.application.collect;

import io.rayhistory.domain.HistoryException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Decides which files are sent when: those that are due, the one with the oldest unsent byte first, so many at once and
 * within the request budget. Thread-safe.
 */
final class LogUploads {
    private static final System.Logger LOG = System.getLogger(LogUploads.class.getName());
    private static final long LONGEST_PAUSE_MS = 30_000;
    /** Every worker leaves several empty files; their objects must not use up the budget of those with content. */
    private static final long EMPTY_LATER = TimeUnit.SECONDS.toNanos(60);

    private final Collection<FollowedSession> sessions;
    private final LogSettings settings;
    private final RequestBudget budget;
    private final Executor uploads;
    private final LogTally tally;
    private final LongSupplier nanos;
    private final Object dispatching = new Object();
    private boolean dispatched;
    private boolean again;
    private int running;
    private volatile boolean ending;
    private volatile boolean closed;
    private volatile boolean failing;

    /**
     * @param waitingSince later by a while for files without a byte to send
     * @param worth        see {@link EndOrder}; taken once: what is sorted must not change meanwhile
     */
    private record Work(FollowedSession session, LogFamily family, long waitingSince, int worth) {
    }

    /** @param sessions may change at any time */
    LogUploads(Collection<FollowedSession> sessions, LogSettings settings, RequestBudget budget, Executor uploads, LogTally tally,
               LongSupplier nanos) {
        this.sessions = sessions;
        this.settings = settings;
        this.budget = budget;
        this.uploads = uploads;
        this.tally = tally;
        this.nanos = nanos;
    }

    /** From now on neither thresholds nor the request budget hold anything back. */
    void end() {
        ending = true;
    }

    boolean ending() {
        return ending;
    }

    /** Nothing is started any more. */
    void close() {
        closed = true;
    }

    /** Starts as many uploads as may run, the most urgent first. */
    void dispatch() {
        synchronized (dispatching) {
            again = true;
            if (dispatched) {
                return; // An executor that runs at once came back here; the loop below goes on.
            }
            dispatched = true;
            try {
                while (again) {
                    again = false;
                    start();
                }
            } finally {
                dispatched = false;
            }
        }
    }

    private void start() {
        long now = nanos.getAsLong();
        for (Work work : due(now)) {
            if (closed || running >= settings.uploads()) {
                return;
            }
            // At the very end requests are not saved any more: what is not sent then is lost.
            if (!ending && !budget.tryTake()) {
                return;
            }
            if (work.family.enter()) {
                running++;
                try {
                    uploads.execute(() -> ship(work));
                } catch (RejectedExecutionException stopping) {
                    running--;
                    work.family.leave(false, Long.MIN_VALUE);
                    return;
                }
            }
        }
    }

    private List<Work> due(long now) {
        List<Work> due = new ArrayList<>();
        for (FollowedSession session : sessions) {
            for (LogFamily family : session.files.families()) {
                long since = family.waitingSince();
                if (since != TrackedLog.NOTHING && family.mayTry(now) && (session.over
                        || mayGo(family) && (family.replaces() || isDue(since, family.unsent(), now)))) {
                    long urgent = family.unsent() > 0 ? since : since + EMPTY_LATER;
                    due.add(new Work(session, family, urgent, ending ? EndOrder.rank(family) : 0));
                }
            }
        }
        // Times of nanoTime may only be compared by their difference.
        Comparator<Work> oldest = (one, other) -> Long.signum(one.waitingSince - other.waitingSince);
        due.sort(Comparator.comparingInt(Work::worth).thenComparing(oldest));
        return due;
    }

    private boolean isDue(long since, long unsent, long now) {
        return ending || unsent >= settings.uploadBytes() || now - since >= settings.uploadInterval().toNanos();
    }

    private boolean mayGo(LogFamily family) {
        return family.members().stream().anyMatch(log -> log.waitingSince() != TrackedLog.NOTHING && mayGo(family, log));
    }

    /** What was rotated away, moved or deleted does not grow any more; nor does anything after the end. */
    private boolean mayGo(LogFamily family, TrackedLog log) {
        return !settings.whole() || ending || !family.isBase(log);
    }

    private void ship(Work work) {
        long now = nanos.getAsLong();
        boolean all = work.session.over;
        long next = now + pause(work.family.failures());
        boolean failed = true;
        try {
            // Where an object is replaced, what was rotated away goes first, due or not: its tail may lie nowhere else.
            boolean confirmed = work.session.shipper.ship(work.family, work.session.files.journal(work.family.nodeId()), log ->
                    log.waitingSince() != TrackedLog.NOTHING
                            && (all || mayGo(work.family, log) && (work.family.replaces() || isDue(log.waitingSince(), log.unsent(), now))));
            failed = false;
            // If nothing came of it, the next look at the folder has to tell more.
            next = confirmed ? Long.MIN_VALUE : now + pause(0);
        } catch (IOException changed) {
            LOG.log(System.Logger.Level.DEBUG, () -> work.family.path() + ": " + changed.getMessage() + "; it is looked at again");
        } catch (HistoryException e) {
            failed(work.family, e.getMessage());
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "Sending " + work.family.path() + " failed", e);
        } finally {
            work.family.leave(failed, next);
            recovered();
            synchronized (dispatching) {
                running--;
                dispatching.notifyAll();
            }
            dispatch();
        }
    }

    private static long pause(int failures) {
        return TimeUnit.MILLISECONDS.toNanos(Math.min(LONGEST_PAUSE_MS, 1000L << Math.min(failures, 5)));
    }

    private void failed(LogFamily family, String why) {
        tally.failures.increment();
        if (!failing) {
            failing = true;
            LOG.log(System.Logger.Level.WARNING, "Logs cannot be sent for now, first {0}: {1}", family.path(), why);
        }
    }

    private void recovered() {
        if (failing && sessions.stream().flatMap(session -> session.files.families().stream()).allMatch(family -> family.failures() == 0)) {
            failing = false;
            LOG.log(System.Logger.Level.INFO, "Logs are sent again.");
        }
    }

    /** Waits until all that was started has ended, or that time of {@link System#nanoTime}. @return whether all has ended */
    boolean await(long end) {
        synchronized (dispatching) {
            try {
                // All have been started or have failed; a failed one gets a moment before it is tried again.
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                while (running > 0 && left > 0) {
                    dispatching.wait(left);
                    left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                }
                if (!settled() && left > 0) {
                    dispatching.wait(Math.min(100, left));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return true;
            }
            return running == 0;
        }
    }

    /** True if nothing waits and nothing runs. */
    boolean settled() {
        return sessions.stream().flatMap(session -> session.files.families().stream())
                .allMatch(family -> !family.busy() && family.waitingSince() == TrackedLog.NOTHING);
    }
}
