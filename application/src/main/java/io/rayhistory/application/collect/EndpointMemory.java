package io.rayhistory.application.collect;

import io.rayhistory.domain.id.SessionKey;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What is known of one session's answers. Grows with its jobs only. Not thread-safe. */
final class EndpointMemory {
    private static final Set<String> OVER = Set.of("SUCCEEDED", "FAILED", "STOPPED");
    private static final int EMPTY_ANSWERS = 2;

    private final SessionKey session;
    private final Map<String, String> stored = new HashMap<>();
    private final Map<String, Instant> pausedUntil = new HashMap<>();
    private final Map<String, Duration> pauses = new HashMap<>();
    private final Map<String, Integer> emptyDatasets = new HashMap<>();
    private final Set<String> finishedDatasets = new HashSet<>();

    EndpointMemory(SessionKey session) {
        this.session = session;
    }

    SessionKey session() {
        return session;
    }

    /** True if the body stored under the key has this hash. */
    boolean holds(String key, String sha256) {
        return sha256.equals(stored.get(key));
    }

    boolean holds(String key) {
        return stored.containsKey(key);
    }

    void store(String key, String sha256) {
        stored.put(key, sha256);
    }

    boolean due(String target, Instant now) {
        return !now.isBefore(pausedUntil.getOrDefault(target, Instant.MIN));
    }

    void pause(String target, Instant now, Duration pause) {
        pausedUntil.put(target, now.plus(pause));
    }

    /** Pauses with growing length. */
    void pauseLonger(String target, Instant now, Duration first, Duration longest) {
        Duration pause = pauses.getOrDefault(target, first);
        pause(target, now, pause);
        Duration doubled = pause.multipliedBy(2);
        pauses.put(target, doubled.compareTo(longest) > 0 ? longest : doubled);
    }

    /**
     * @param last a job that had no data sets so far may have got some at the very end
     */
    boolean wantsDatasets(String jobId, boolean last) {
        return !finishedDatasets.contains(jobId) && (last || emptyDatasets.getOrDefault(jobId, 0) < EMPTY_ANSWERS);
    }

    void sawDatasets(String jobId, String status, boolean any) {
        if (OVER.contains(status)) {
            if (any) {
                finishedDatasets.add(jobId);
            } else {
                emptyDatasets.merge(jobId, 1, Integer::sum);
            }
        }
    }
}
