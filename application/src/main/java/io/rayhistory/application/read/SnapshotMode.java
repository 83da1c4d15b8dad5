package io.rayhistory.application.read;

/** Whether loaded sessions are kept in the store in a form that loads faster, and read from there. */
public enum SnapshotMode {
    OFF, READ, READ_WRITE;

    boolean reads() {
        return this != OFF;
    }

    boolean writes() {
        return this == READ_WRITE;
    }
}
