package io.rayhistory.application.read;

import io.rayhistory.domain.HistoryException;

import java.time.Duration;

/**
 * Snapshots of ended sessions: their packed histories as objects of the store, below {@code history-index/}.
 *
 * @param mode  whether they are read and written
 * @param quiet for how long nothing of a session may have changed for it to count as ended. A session that goes on
 *              after all is replayed: a snapshot only serves the listing it was made from
 */
public record SnapshotSettings(SnapshotMode mode, Duration quiet) {

    public SnapshotSettings {
        if (quiet.isNegative()) {
            throw HistoryException.invalid("The quiet time before a snapshot is " + quiet + "; it must be 0 or more.");
        }
    }

    /** Read what is there, write nothing. */
    public static SnapshotSettings reading() {
        return new SnapshotSettings(SnapshotMode.READ, Duration.ofMinutes(10));
    }
}
