package io.rayhistory.application.collect;

/** One session of which logs are shipped, and how it is doing. What is not volatile belongs to the thread that looks. */
final class FollowedSession {
    final TrackedSession files;
    final LogShipper shipper;
    volatile boolean over;
    long lookedAt;
    int quiet;

    FollowedSession(TrackedSession files, LogShipper shipper, long now) {
        this.files = files;
        this.shipper = shipper;
        this.lookedAt = now;
    }
}
