package io.rayhistory.application.read;

import java.time.Duration;
import java.time.InstantSource;

/**
 * How a {@link HistoryReader} looks at its store.
 *
 * @param rootDir    where in the store the collectors write, {@code ""} for its top
 * @param orphanScan how long the result of looking for sessions without a marker is used; zero means: do not look
 * @param cache      loading and keeping sessions
 * @param clock      what time it is, for the ages of cached and stored things only; never part of an answer
 * @param snapshots  whether loads are spared by snapshots in the store
 */
public record ReaderSettings(String rootDir, Duration orphanScan, SessionCacheSettings cache, InstantSource clock,
                             SnapshotSettings snapshots) {

    /** With {@link SnapshotSettings#reading}. */
    public ReaderSettings(String rootDir, Duration orphanScan, SessionCacheSettings cache, InstantSource clock) {
        this(rootDir, orphanScan, cache, clock, SnapshotSettings.reading());
    }

    /** The same, but for snapshots. */
    public ReaderSettings withSnapshots(SnapshotSettings other) {
        return new ReaderSettings(rootDir, orphanScan, cache, clock, other);
    }

    /** Defaults for everything but the two things that nobody can guess. */
    public static ReaderSettings of(String rootDir, InstantSource clock) {
        return new ReaderSettings(rootDir, Duration.ofMinutes(10), SessionCacheSettings.defaults(), clock);
    }
}
