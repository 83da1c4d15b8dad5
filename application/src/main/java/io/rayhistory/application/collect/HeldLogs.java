package io.rayhistory.application.collect;

import io.rayhistory.application.port.RayFolder;
import io.rayhistory.application.port.RayFolder.LogFolder;
import io.rayhistory.application.port.RayFolder.OpenLog;

import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The files held open, so that what is renamed or deleted can be read to its end, and so that no inode is used again
 * unnoticed. At most so many at once: the one that was least recently of use is closed first, one with unsent bytes
 * only if all have some. Thread-safe; a file in use stays open until the last user is done.
 */
final class HeldLogs {
    private final RayFolder folder;
    private final int most;
    private final Map<TrackedLog, OpenLog> held = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<TrackedLog, Integer> users = new HashMap<>();

    HeldLogs(RayFolder folder, int most) {
        this.folder = folder;
        this.most = most;
    }

    /** What is done with an open file. */
    @FunctionalInterface
    interface Use<T> {
        T with(OpenLog file) throws IOException;
    }

    /** Lends the file, opened by its path if it is not held; empty if that is not the same file any more. */
    <T> Optional<T> use(LogFolder where, TrackedLog log, Use<T> use) throws IOException {
        OpenLog file;
        synchronized (this) {
            file = open(where, log);
            if (file == null) {
                return Optional.empty();
            }
            users.merge(log, 1, Integer::sum);
        }
        try {
            return Optional.of(use.with(file));
        } finally {
            synchronized (this) {
                users.computeIfPresent(log, (key, count) -> count == 1 ? null : count - 1);
            }
        }
    }

    private OpenLog open(LogFolder where, TrackedLog log) {
        OpenLog file = held.get(log);
        if (file == null && log.present()) {
            makeRoom();
            file = folder.open(where, log.file()).orElse(null);
            if (file != null) {
                held.put(log, file);
            }
        }
        return file;
    }

    private void makeRoom() {
        if (held.size() < most) {
            return;
        }
        TrackedLog victim = null;
        for (TrackedLog log : held.keySet()) {
            if (users.containsKey(log)) {
                continue;
            }
            if (log.waitingSince() == TrackedLog.NOTHING) {
                victim = log;
                break;
            }
            // Of those with unsent bytes one that can be opened again.
            if (victim == null || !victim.present() && log.present()) {
                victim = log;
            }
        }
        if (victim != null) {
            held.remove(victim).close();
        }
    }

    /** True if the file is held, so that its inode cannot be another's. */
    synchronized boolean holds(TrackedLog log) {
        return held.containsKey(log);
    }

    /** Bytes of a held file that has lost its path; empty if it is not held. */
    synchronized Optional<Long> size(TrackedLog log) throws IOException {
        OpenLog file = held.get(log);
        return file == null ? Optional.empty() : Optional.of(file.size());
    }

    /** Lets it go, unless it is in use. */
    synchronized void release(TrackedLog log) {
        if (!users.containsKey(log)) {
            OpenLog file = held.remove(log);
            if (file != null) {
                file.close();
            }
        }
    }

    synchronized int count() {
        return held.size();
    }

    synchronized void closeAll() {
        for (Iterator<OpenLog> each = held.values().iterator(); each.hasNext();) {
            each.next().close();
            each.remove();
        }
    }
}
