package io.rayhistory.application.read;

/**
 * What became of snapshots since the start.
 *
 * @param read     loads that were spared a replay
 * @param missing  loads of ended sessions that found none
 * @param damaged  snapshots that were no good
 * @param failed   reads and writes that the store refused, and snapshots too large for this heap
 * @param written  snapshots written
 */
public record SnapshotStats(long read, long missing, long damaged, long failed, long written) {
    static final SnapshotStats NONE = new SnapshotStats(0, 0, 0, 0, 0);
}
