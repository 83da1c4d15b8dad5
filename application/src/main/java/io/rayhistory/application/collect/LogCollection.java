package io.rayhistory.application.collect;

import io.rayhistory.application.port.JournalFolder;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.application.port.RayFolder;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.id.SessionKey;
import io.rayhistory.domain.layout.StorageLayout;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * Ships the log files of a node's sessions into the store while they grow. {@link #scan} is to be called again and again
 * by one thread, after the pause it answers; it never waits for the store. Everything else may be called by any thread.
 *
 * <p>Memory: {@link LogSettings} bounds open files and buffers; a few hundred bytes are kept for each file there is.
 */
final class LogCollection implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(LogCollection.class.getName());
    /** Looks without news after which the logs of a session that is over are done with. */
    private static final int QUIET_LOOKS = 10;

    private final RayFolder folder;
    private final JournalFolder journals;
    private final ObjectStore store;
    private final StorageLayout layout;
    private final LogSettings settings;
    private final RequestBudget budget;
    private final LongSupplier nanos;
    private final HeldLogs held;
    private final LogTally tally = new LogTally();
    private final Map<String, FollowedSession> sessions = new ConcurrentHashMap<>();
    private final LogUploads sending;
    private volatile String unreadable = "";

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
        this.nanos = nanos;
        this.held = new HeldLogs(folder, settings.openFiles());
        this.sending = new LogUploads(sessions.values(), settings, budget, uploads, tally, nanos);
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
        boolean active = false;
        for (Map.Entry<String, FollowedSession> each : sessions.entrySet()) {
            FollowedSession session = each.getValue();
            long now = nanos.getAsLong();
            try {
                session.files.look(session.lookedAt);
                if (sending.ending()) {
                    session.files.families().forEach(LogFamily::retryNow);
                }
                session.lookedAt = now;
                told("");
            } catch (HistoryException e) {
                told(e.getMessage());
                continue;
            }
            boolean waiting = session.files.families().stream().anyMatch(family -> family.busy() || family.waitingSince() != TrackedLog.NOTHING);
            active |= session.files.grew() || waiting;
            session.quiet = session.files.grew() || waiting ? 0 : session.quiet + 1;
            if (session.over && session.quiet > QUIET_LOOKS) {
                sessions.remove(each.getKey(), session);
                session.files.close();
            }
        }
        sending.dispatch();
        return active ? settings.scanInterval() : settings.idleInterval();
    }

    private void told(String why) {
        if (!why.isEmpty() && !why.equals(unreadable)) {
            LOG.log(System.Logger.Level.WARNING, "Logs cannot be looked for: {0}", why);
        }
        unreadable = why;
    }

    /**
     * Sends everything, most valuable first, within a time; failures are tried again. Nobody may {@link #scan} meanwhile.
     * Whoever calls this is about to stop: from now on, neither thresholds nor the request budget hold anything back.
     *
     * @return bytes that are still unsent
     */
    long flush(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        sending.end();
        int quiet = 0;
        // A second look, for a rename may have hidden a file from the first.
        while (quiet < 2 && !Thread.currentThread().isInterrupted() && System.nanoTime() - end < 0) {
            scan();
            quiet = sending.await(end) && sending.settled() ? quiet + 1 : 0;
        }
        return stats().unsentBytes();
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
                oldest = since == TrackedLog.NOTHING || family.unsent() == 0 ? oldest : Math.max(oldest, now - since);
            }
        }
        return new LogStats(files, held.count(), unsent, Duration.ofNanos(oldest), tally.sentBytes.sum(), tally.uploads.sum(),
                tally.failures.sum(), tally.archived.sum(), tally.adopted.sum(), tally.lostBytes.sum());
    }

    /** Starts nothing more and closes all files. Uploads that run go on until their executor ends them. */
    @Override
    public void close() {
        sending.close();
        held.closeAll();
    }
}
