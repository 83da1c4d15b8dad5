package io.rayhistory.application.collect;

/** One session whose log files are shipped, and how it is doing. */
final class FollowedSession {
    final TrackedSession files;
    final LogShipper shipper;
    /** Set by any thread: nothing grows any more. */
    volatile boolean over;
    /** When the scanning thread looked last. */
    long lookedAt;
    /** Looks of the scanning thread since the last news. */
    int quiet;

    FollowedSession(TrackedSession files, LogShipper shipper, long now) {
        this.files = files;
        this.shipper = shipper;
        this.lookedAt = now;
    }
}
