package io.rayhistory.application.read;

import io.rayhistory.domain.HistoryException;

import java.time.Duration;

/**
 * How sessions are loaded, and how many are kept loaded.
 *
 * @param maxBytes    estimated heap of all loaded sessions together; the least recently used ones go first. A session
 *                    that is larger alone is kept as the only one
 * @param maxSessions how many sessions may be loaded
 * @param ttl         a session that nobody asked for this long is dropped at the next question for any session
 * @param loadTimeout how long one load may take, waiting for its turn included
 * @param loadThreads how many files of one session, or ranges of them, are read at the same time; some always wait for
 *                    the store, so there should be more than there are cores
 * @param freshness   how old the knowledge about a loaded session may be before the store is listed again
 */
public record SessionCacheSettings(long maxBytes, int maxSessions, Duration ttl, Duration loadTimeout, int loadThreads,
                                   Duration freshness) {

    public SessionCacheSettings {
        require(maxBytes > 0, "memory for loaded sessions", maxBytes, "more than 0 bytes");
        require(maxSessions > 0, "number of loaded sessions", maxSessions, "at least 1");
        require(positive(ttl), "time to keep a session", ttl, "more than 0");
        require(positive(loadTimeout), "time limit for loading", loadTimeout, "more than 0");
        require(loadThreads > 0 && loadThreads <= 64, "threads for one load", loadThreads, "1 to 64");
        require(positive(freshness), "time between looks at the store", freshness, "more than 0");
    }

    /** Half of the heap, 100 sessions, 30 minutes, 10 minutes, two threads a core but at most 16, 30 seconds. */
    public static SessionCacheSettings defaults() {
        Runtime runtime = Runtime.getRuntime();
        return new SessionCacheSettings(runtime.maxMemory() / 2, 100, Duration.ofMinutes(30), Duration.ofMinutes(10),
                Math.min(16, 2 * runtime.availableProcessors()), Duration.ofSeconds(30));
    }

    private static boolean positive(Duration duration) {
        return !duration.isZero() && !duration.isNegative();
    }

    private static void require(boolean fine, String what, Object given, String expected) {
        if (!fine) {
            throw HistoryException.invalid("The " + what + " is " + given + "; it must be " + expected + ".");
        }
    }
}
