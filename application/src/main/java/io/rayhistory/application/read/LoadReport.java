package io.rayhistory.application.read;

import java.util.Map;

/**
 * What a load read and what it lost. Counters by name: {@code malformed}, {@code truncated}, {@code invalid}, {@code
 * oversize}, {@code odd_id}, {@code other_session}, {@code duplicate}.
 *
 * @param eventsByType  events taken, by Ray's type name
 * @param unknownTypes  event types nobody knows, with their counts (at most 100 names)
 * @param damageByFile  object name to number of damaged pieces (at most 100 files)
 * @param seconds       how long the load took
 */
public record LoadReport(long files, long bytes, long events, Map<String, Long> eventsByType, Map<String, Long> damage,
                         Map<String, Long> unknownTypes, Map<String, Long> damageByFile, double seconds) {
}
