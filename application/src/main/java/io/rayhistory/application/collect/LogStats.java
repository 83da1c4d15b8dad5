package io.rayhistory.application.collect;

import java.time.Duration;

/**
 * How far the logs are.
 *
 * @param files       followed now
 * @param openFiles   held open now
 * @param unsentBytes seen, but not confirmed by the store
 * @param oldest      how long the oldest of those waits, zero if none does
 * @param sentBytes   that the store has confirmed, counted as often as they were sent
 * @param uploads     confirmed
 * @param failures    attempts that will be repeated
 * @param archived    objects that got a number because another file took their path
 * @param adopted     objects found to hold what was to be sent
 * @param lostBytes   seen and then gone before they could be read
 */
public record LogStats(int files, int openFiles, long unsentBytes, Duration oldest, long sentBytes, long uploads,
                       long failures, long archived, long adopted, long lostBytes) {
}
