package io.rayhistory.adapters.filesystem;

import io.rayhistory.application.port.EventSpool.Category;
import io.rayhistory.application.port.SpoolFile;

import java.nio.file.Path;
import java.time.Instant;

/**
 * What is known of one spool file. The table's monitor guards the fields, so that nobody who asks waits for the disk; only
 * who holds the spool's writing lock changes them, but for {@code sent}.
 */
final class SpoolEntry {
    final long id;
    final String clusterFolder;
    final Category category;
    final Instant opened;
    final boolean gzip;
    Path path;
    /** {@code ""} while unknown; then a header file lies beside the file. */
    String nodeId;
    /** Bytes that were acknowledged. There may be more on the disk after a write that failed: see {@link #torn}. */
    long committed;
    /** Where the running batch goes on; equal to {@code committed} between batches. */
    long tail;
    /** Bytes that a store has confirmed. */
    long sent;
    boolean active;
    /** When the oldest of the bytes that are not sent was committed. */
    Instant unsentSince;
    /** Behind {@code committed} lies what could not be rolled back; to be cut before anything is appended. */
    boolean torn;
    /** Written since it was last forced to the disk. */
    boolean unforced;

    SpoolEntry(long id, String clusterFolder, Category category, Instant opened, boolean gzip, Path path, String nodeId) {
        this.id = id;
        this.clusterFolder = clusterFolder;
        this.category = category;
        this.opened = opened;
        this.gzip = gzip;
        this.path = path;
        this.nodeId = nodeId;
        this.unsentSince = opened;
    }

    long unsent() {
        return committed - sent;
    }

    SpoolFile snapshot() {
        return new SpoolFile(id, clusterFolder, category, nodeId, opened, gzip, committed, active);
    }
}
