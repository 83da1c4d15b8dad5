package io.rayhistory.application.collect;

import io.rayhistory.application.port.JournalFolder;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.application.port.RayFolder;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.id.SessionKey;
import io.rayhistory.domain.layout.StorageLayout;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Ships the log files of a node's sessions into the store while they grow. {@link #scan} is to be called again and again
 * by one thread, after the pause it answers; it never waits for the store. Everything else may be called by any thread.
 *
 * <p>Memory: {@link LogSettings} bounds open files and buffers; a few hundred bytes are kept for each file there is.
 */
final class LogCollection implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(LogCollection.class.getName());
    private static final long LONGEST_PAUSE_MS = 30_000;
    /** Looks without news after which the logs of a session that is over are done with. */
    private static final int QUIET_LOOKS = 10;

    private final RayFolder folder;
    private final JournalFolder journals;
    private final ObjectStore store;
    private final StorageLayout layout;
    private final LogSettings settings;
    private final RequestBudget budget;
    private final Executor uploads;
    private final LongSupplier nanos;
    private final HeldLogs held;
    private final LogTally tally = new LogTally();
    private final LogTrouble trouble = new LogTrouble();
    private final Map<String, FollowedSession> sessions = new ConcurrentHashMap<>();
    private final Object dispatching = new Object();
    private boolean dispatched;
    private boolean again;
    private int running;
    private volatile boolean ending;
    private volatile boolean closed;

    /** @param worth see {@link EndOrder}; taken once: what is sorted must not change meanwhile */
    private record Work(FollowedSession session, LogFamily family, long waitingSince, int worth) {
    }

    /**
     * @param uploads runs {@link LogSettings#uploads} tasks at once, or one after the other
     * @param nanos   see {@link System#nanoTime}
     */
    LogCollection(RayFolder folder, JournalFolder journals, ObjectStore store, StorageLayout layout, LogSettings settings,
                  RequestBudget budget, Executor uploads, LongSupplier nanos) {
        this.folder = folder;
        this.journals = journals;
        this.store = store;
        this.layout = layout;
        this.settings = settings;
        this.budget = budget;
        this.uploads = uploads;
        this.nanos = nanos;
        this.held = new HeldLogs(folder, settings.openFiles());
    }

    /** The nodes of which earlier processes have sent logs of a session, by their journals. */
    List<String> knownNodes(String session) {
        return journals.nodes(session);
    }

    /** Follows a session from now on, under this node; of one that is followed, files that appear later get the node. */
    void open(SessionKey session, String nodeId) {
        sessions.computeIfAbsent(session.session(), key -> follow(session, nodeId)).files.moveTo(nodeId);
    }

    /** A session will not grow any more: what is left of it is sent at once, then it is not followed any longer. */
    void end(SessionKey session, String nodeId) {
        sessions.computeIfAbsent(session.session(), key -> follow(session, nodeId)).over = true;
    }

    private FollowedSession follow(SessionKey session, String nodeId) {
        String subject = store.describe() + " " + layout.logFile(session, "node", "x");
        TrackedSession files = new TrackedSession(session.session(), nodeId, folder, held, journals, subject);
        boolean known = files.recall();
        LogNames names = new LogNames(store, layout, session, settings, budget, tally, files::hasObject);
        return new FollowedSession(files, new LogShipper(store, names, held, files.where(), settings, tally, !known), nanos.getAsLong());
    }

    /** Looks for news and has what is due sent. @return how long to wait before the next call */
    Duration scan() {
        boolean grew = false;
        for (Map.Entry<String, FollowedSession> each : sessions.entrySet()) {
            FollowedSession session = each.getValue();
            long now = nanos.getAsLong();
            try {
                session.files.look(session.lookedAt);
                if (ending) {
                    session.files.families().forEach(LogFamily::retryNow);
                }
                session.lookedAt = now;
                trouble.looked("");
            } catch (HistoryException e) {
                trouble.looked(e.getMessage());
                continue;
            }
            grew |= session.files.grew();
            boolean waiting = session.files.families().stream().anyMatch(family -> family.busy() || family.waitingSince() != TrackedLog.NOTHING);
            session.quiet = session.files.grew() || waiting ? 0 : session.quiet + 1;
            if (session.over && session.quiet > QUIET_LOOKS) {
                sessions.remove(each.getKey(), session);
                session.files.close();
            }
        }
        dispatch();
        return grew ? settings.scanInterval() : settings.idleInterval();
    }

    /** Starts as many uploads as may run, the most urgent first. */
    private void dispatch() {
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
        for (FollowedSession session : sessions.values()) {
            for (LogFamily family : session.files.families()) {
                long since = family.waitingSince();
                if (since != TrackedLog.NOTHING && family.mayTry(now) && (session.over || isDue(since, family.unsent(), now))) {
                    due.add(new Work(session, family, since, ending ? EndOrder.rank(family) : 0));
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

    private void ship(Work work) {
        long now = nanos.getAsLong();
        boolean all = work.session.over;
        long next = now + pause(work.family.failures());
        boolean failed = true;
        try {
            boolean confirmed = work.session.shipper.ship(work.family, work.session.files.journal(work.family.nodeId()), log ->
                    log.waitingSince() != TrackedLog.NOTHING && (all || isDue(log.waitingSince(), log.unsent(), now)));
            failed = false;
            // If nothing came of it, the next look at the folder has to tell more.
            next = confirmed ? Long.MIN_VALUE : now + pause(0);
        } catch (IOException changed) {
            LOG.log(System.Logger.Level.DEBUG, () -> work.family.path() + ": " + changed.getMessage() + "; it is looked at again");
        } catch (HistoryException e) {
            tally.failures.increment();
            trouble.sending(work.family.path(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "Sending " + work.family.path() + " failed", e);
        } finally {
            work.family.leave(failed, next);
            trouble.recoveredIf(() -> sessions.values().stream().flatMap(session -> session.files.families().stream())
                    .allMatch(family -> family.failures() == 0));
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

    /**
     * Sends everything, most valuable first, within a time; failures are tried again. Nobody may {@link #scan} meanwhile.
     * Whoever calls this is about to stop: from now on, neither thresholds nor the request budget hold anything back.
     *
     * @return bytes that are still unsent
     */
    long flush(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        ending = true;
        int quiet = 0;
        // A second look, for a rename may have hidden a file from the first.
        while (quiet < 2 && !Thread.currentThread().isInterrupted() && System.nanoTime() - end < 0) {
            scan();
            quiet = awaitUploads(end) && settled() ? quiet + 1 : 0;
        }
        return stats().unsentBytes();
    }

    private boolean awaitUploads(long end) {
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

    private boolean settled() {
        return sessions.values().stream().flatMap(session -> session.files.families().stream())
                .allMatch(family -> !family.busy() && family.waitingSince() == TrackedLog.NOTHING);
    }

    LogStats stats() {
        long now = nanos.getAsLong();
        int files = 0;
        long unsent = 0;
        long oldest = 0;
        for (FollowedSession session : sessions.values()) {
            for (LogFamily family : session.files.families()) {
                files += family.size();
                unsent += family.unsent();
                long since = family.waitingSince();
                oldest = since == TrackedLog.NOTHING ? oldest : Math.max(oldest, now - since);
            }
        }
        return new LogStats(files, held.count(), unsent, Duration.ofNanos(oldest), tally.sentBytes.sum(), tally.uploads.sum(),
                tally.failures.sum(), tally.archived.sum(), tally.adopted.sum(), tally.lostBytes.sum());
    }

    /** Starts nothing more and closes all files. Uploads that run go on until their executor ends them. */
    @Override
    public void close() {
        closed = true;
        held.closeAll();
    }
}
