package io.rayhistory.application.collect;

/** What is worth most when time runs out: the files that tell why something ended, then many small ones. */
final class EndOrder {
    private static final long SMALL = 256 << 10;

    private EndOrder() {
    }

    /** Lower is sooner. */
    static int rank(LogFamily family) {
        return (tellsWhy(family.path()) ? 0 : 2) + (family.unsent() <= SMALL ? 0 : 1);
    }

    private static boolean tellsWhy(String path) {
        return path.startsWith("raylet.") || path.startsWith("gcs_server.") || path.startsWith("job-driver-")
                || path.startsWith("worker-") && path.endsWith(".err");
    }
}
