package io.rayhistory.application.read;

import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.id.SessionKey;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Holds back the figures of sessions that went on after those were made, as they do when a head is restarted with its
 * cluster's state. Sessions that ended not long ago are listed again behind the list's back, one at a time and each every
 * few minutes at most; what a check found is known for the next list. Thread-safe.
 */
final class FigureChecks implements AutoCloseable {
    /** A session that has been silent for longer is taken for over until somebody opens it. */
    static final Duration RECENT = Duration.ofDays(2);
    static final Duration EVERY = Duration.ofMinutes(5);
    private static final int WAITING = 200;
    private static final int MOST_KEPT = 10_000;

    /** @param stale fingerprint that is not true any more, {@code ""} if the last check found nothing wrong */
    private record Check(Instant when, String stale) {
    }

    private final LoadedSessions.Source source;
    private final InstantSource clock;
    private final Map<SessionKey, Check> checks = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<SessionKey, Check> eldest) {
            return size() > MOST_KEPT;
        }
    };
    private final ThreadPoolExecutor worker = new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), work -> {
        Thread thread = new Thread(work, "history-figures");
        thread.setDaemon(true);
        return thread;
    });

    FigureChecks(LoadedSessions.Source source, InstantSource clock) {
        this.source = source;
        this.clock = clock;
        worker.allowCoreThreadTimeOut(true);
    }

    /** The figures that are not known to be old. */
    Map<SessionKey, SessionSummary> sound(List<SessionEntry> entries, Map<SessionKey, IndexedSession> found) {
        Instant now = clock.instant();
        Map<SessionKey, SessionSummary> sound = new HashMap<>();
        for (SessionEntry entry : entries) {
            IndexedSession session = found.get(entry.key());
            if (session != null && !isStale(entry, session, now)) {
                sound.put(entry.key(), session.summary());
            }
        }
        return sound;
    }

    private boolean isStale(SessionEntry entry, IndexedSession session, Instant now) {
        boolean recent = session.summary().recordEndMs() > now.minus(RECENT).toEpochMilli();
        Check known;
        synchronized (checks) {
            known = checks.get(entry.key());
            if (recent && (known == null || known.when().plus(EVERY).isBefore(now)) && worker.getQueue().remainingCapacity() > 0) {
                checks.put(entry.key(), new Check(now, known == null ? "" : known.stale()));
                try {
                    worker.execute(() -> check(entry, session.fingerprint(), now));
                } catch (RejectedExecutionException closed) {
                    return false;
                }
            }
        }
        return known != null && known.stale().equals(session.fingerprint());
    }

    private void check(SessionEntry entry, String fingerprint, Instant when) {
        try {
            boolean same = ListingFingerprint.of(source.locate(entry)).equals(fingerprint);
            synchronized (checks) {
                checks.put(entry.key(), new Check(when, same ? "" : fingerprint));
            }
        } catch (HistoryException notNow) {
            // A later list asks again.
        }
    }

    @Override
    public void close() {
        Workers.end(worker);
    }
}
