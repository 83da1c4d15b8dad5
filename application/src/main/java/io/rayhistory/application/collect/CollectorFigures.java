package io.rayhistory.application.collect;

import io.rayhistory.application.port.SpoolUsage;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a collector tells about itself: the figures behind {@code /metrics}. Asked by several threads; answers at once. */
public interface CollectorFigures {

    /**
     * How often something ended in one way.
     *
     * @param subject one of a small, fixed set: an operation of the store, an endpoint of the dashboard
     * @param outcome one of a small, fixed set
     */
    record Tally(String subject, String outcome, long count) {
    }

    /**
     * What was done about log files.
     *
     * @param tracked      files looked after now
     * @param oldestUnsent when the oldest byte that is not in the store was seen; empty if there is none
     * @param archived     rotated files kept under a number of their own
     * @param droppedBytes given up; has to stay 0
     */
    record Logs(int tracked, Optional<Instant> oldestUnsent, long archived, long droppedBytes) {
        /** For a collector that ships none. */
        public static final Logs NONE = new Logs(0, Optional.empty(), 0, 0);
    }

    IntakeCounts events();

    SpoolUsage spool();

    /** When the oldest event that is not in the store was kept; empty if there is none. */
    Optional<Instant> oldestUnsentEvent();

    Logs logs();

    /** Requests to the store by operation and outcome. */
    List<Tally> storeRequests();

    /** Requests to the store that were made again. */
    long retries();

    /** Requests to the dashboard by endpoint and outcome. */
    List<Tally> polls();
}
