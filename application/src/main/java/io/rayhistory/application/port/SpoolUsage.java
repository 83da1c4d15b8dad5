package io.rayhistory.application.port;

/**
 * What an {@link EventSpool} holds and did since it was made.
 *
 * @param unsentBytes  committed, confirmed by no store
 * @param limitBytes   of the unsent bytes
 * @param diskBytes    on the disk in event files, confirmed ones included
 * @param files        event files on the disk
 * @param droppedBytes unsent bytes given up for newer ones; stays 0 unless overflow is set to drop the oldest
 * @param rolledBack   batches whose lines were taken back because they could not be written
 * @param rejected     events put into quarantine, torn tails of files included
 * @param rejectedLost rejected events that not even the quarantine could keep
 */
public record SpoolUsage(long unsentBytes, long limitBytes, long diskBytes, int files, long droppedBytes, long rolledBack,
                         long rejected, long rejectedLost) {

    /** True from 80 % of the limit on: time to warn. */
    public boolean underPressure() {
        return unsentBytes >= limitBytes - limitBytes / 5;
    }
}
