package io.rayhistory.application.collect;

import io.rayhistory.domain.HistoryException;

import java.time.Duration;

/**
 * How eagerly logs are sent.
 *
 * @param scan              between two looks while files grow
 * @param upload            longest wait of a byte that was seen
 * @param requestsPerSecond writes to the store on average, for the logs of this node; a burst may be ten times as many
 */
public record LogPace(Duration scan, Duration upload, double requestsPerSecond) {

    public LogPace {
        if (scan.isNegative() || scan.isZero() || upload.isNegative() || !(requestsPerSecond > 0)) {
            throw HistoryException.invalid("logs looked at every " + scan + ", sent after " + upload + ", " + requestsPerSecond
                    + " requests a second: expected values above zero");
        }
    }

    /** A look a second, five seconds, five requests a second. */
    public static LogPace usual() {
        return new LogPace(Duration.ofSeconds(1), Duration.ofSeconds(5), 5);
    }
}
