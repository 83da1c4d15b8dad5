package io.rayhistory.application.read;

import java.util.concurrent.atomic.AtomicLong;

/** One loaded session in the cache, and when it was used. Thread-safe, without locks. */
final class Cached {
    /** Looking for news may cost a load, so a session that loads slowly is looked after less often. */
    private static final long CALM = 10;

    private final long pauseMs;
    private final AtomicLong nextRefresh;
    private volatile LoadedSessions.Loaded loaded;
    private volatile long lastUsed;
    private volatile long use;

    Cached(LoadedSessions.Loaded loaded, long tookMs, long now, long freshnessMs) {
        this.loaded = loaded;
        this.pauseMs = Math.max(freshnessMs, CALM * tookMs);
        this.nextRefresh = new AtomicLong(now + pauseMs);
    }

    LoadedSessions.Loaded loaded() {
        return loaded;
    }

    void replace(LoadedSessions.Loaded renewed) {
        loaded = renewed;
    }

    /** @param use a number that rises with every use of any session */
    void touch(long now, long use) {
        lastUsed = now;
        this.use = use;
    }

    long lastUsed() {
        return lastUsed;
    }

    long use() {
        return use;
    }

    /** True for exactly one caller when it is time to look for news. */
    boolean claimRefresh(long now) {
        long due = nextRefresh.get();
        return now >= due && nextRefresh.compareAndSet(due, now + pauseMs);
    }
}
