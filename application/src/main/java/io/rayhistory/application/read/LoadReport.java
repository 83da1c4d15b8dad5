package io.rayhistory.application.read;

import java.util.Map;

/**
 * What a load read and what it lost. Counters by name: {@code malformed}, {@code truncated}, {@code invalid}, {@code
 * oversize}, {@code odd_id}, {@code other_session}, {@code duplicate}.
 *
 * @param files         files read: events, log events, stored answers
 * @param bytes         of these, as stored
 * @param events        events of this session, repeats included
 * @param eventsByType  the same by Ray's type name
 * @param damage        what was skipped ({@code odd_id}: kept all the same), by the names above
 * @param unknownTypes  event types nobody knows, with their counts (at most 100 names)
 * @param damageByFile  object name to number of damaged pieces (at most 100 files)
 * @param seconds       how long the load took
 * @param snapshot      whether the history came from a snapshot; the figures are then those of the replay it was made of
 */
public record LoadReport(long files, long bytes, long events, Map<String, Long> eventsByType, Map<String, Long> damage,
                         Map<String, Long> unknownTypes, Map<String, Long> damageByFile, double seconds, SnapshotUse snapshot) {

    /** A report of a replay. */
    public LoadReport(long files, long bytes, long events, Map<String, Long> eventsByType, Map<String, Long> damage,
                      Map<String, Long> unknownTypes, Map<String, Long> damageByFile, double seconds) {
        this(files, bytes, events, eventsByType, damage, unknownTypes, damageByFile, seconds, SnapshotUse.NONE);
    }

    LoadReport with(SnapshotUse use) {
        return new LoadReport(files, bytes, events, eventsByType, damage, unknownTypes, damageByFile, seconds, use);
    }

    LoadReport took(double time) {
        return new LoadReport(files, bytes, events, eventsByType, damage, unknownTypes, damageByFile, time, snapshot);
    }
}
