package io.rayhistory.application.read;

/** What a snapshot did for a load. */
public enum SnapshotUse {
    /** There was none, or none was looked for. */
    NONE,
    /** The history comes from it. */
    READ,
    /** There was one, damaged; the history was replayed. */
    DAMAGED
}
