package io.rayhistory.adapters.azureblob;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Breaks off reads that wait too long for a byte. The transport can do so itself, but then hands every 8 KiB through
 * another thread, which costs a third of the time of loading a large session. One thread, and only while there are
 * streams; bounded by the streams that are open. Thread-safe.
 */
final class IdleWatch {
    private static final int LOOKS_PER_LIMIT = 4;

    private final Set<ResumingStream> streams = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "azure-idle");
        thread.setDaemon(true);
        return thread;
    });
    private final long limitNanos;
    private boolean started;

    IdleWatch(Duration limit) {
        this.limitNanos = limit.toNanos();
    }

    synchronized void add(ResumingStream stream) {
        streams.add(stream);
        if (!started && !timer.isShutdown()) {
            started = true;
            timer.scheduleWithFixedDelay(this::look, limitNanos / LOOKS_PER_LIMIT, limitNanos / LOOKS_PER_LIMIT, TimeUnit.NANOSECONDS);
        }
    }

    void remove(ResumingStream stream) {
        streams.remove(stream);
    }

    private void look() {
        streams.forEach(stream -> stream.breakOffIfIdle(limitNanos));
    }

    void close() {
        timer.shutdownNow();
    }
}
