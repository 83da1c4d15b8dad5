package io.rayhistory.application.collect;

import io.rayhistory.domain.HistoryException;

import java.time.Duration;

/**
 * How events are sent to the object store.
 *
 * @param interval   how long lines of a growing file wait at least for more of them
 * @param gzip       whether objects are compressed: a gzip member for each time that one grows
 * @param parallel   files sent at once
 * @param firstPause before a file that could not be sent is tried again; doubled each time
 * @param longestPause what it is doubled to
 */
public record UploadSettings(Duration interval, boolean gzip, int parallel, Duration firstPause, Duration longestPause) {

    /** Every 5 s, plain lines, two files at once, again after 1 s to 1 min. */
    public static final UploadSettings DEFAULTS =
            new UploadSettings(Duration.ofSeconds(5), false, 2, Duration.ofSeconds(1), Duration.ofMinutes(1));

    public UploadSettings {
        if (interval.isNegative() || parallel <= 0 || firstPause.isNegative() || longestPause.compareTo(firstPause) < 0) {
            throw HistoryException.invalid("event upload: interval " + interval + ", " + parallel + " at once, pauses "
                    + firstPause + " to " + longestPause + " are not allowed; expected nothing below 0, and at least one at once");
        }
    }

    /** The same with objects compressed or not. */
    public UploadSettings withGzip(boolean compressed) {
        return new UploadSettings(interval, compressed, parallel, firstPause, longestPause);
    }

    /** The same for a store where nothing can be changed: files are sent when they are sealed, not before. */
    UploadSettings writtenOnce() {
        return withInterval(Duration.ofDays(36_500));
    }

    /** The same with another interval. */
    public UploadSettings withInterval(Duration wait) {
        return new UploadSettings(wait, gzip, parallel, firstPause, longestPause);
    }
}
