package io.rayhistory.domain.history;

import io.rayhistory.domain.event.EventEnvelope;

/**
 * Orders events of one subject: "newest" is the largest. Two different events never tie unless they have no id; then
 * whoever compares must look at what they say, so that replay stays a function of the set of events.
 *
 * @param timeNs the envelope's time
 * @param tie    the first 8 bytes of the event id (ids are random), 0 when it has none
 */
record Stamp(long timeNs, long tie) implements Comparable<Stamp> {

    static final Stamp NONE = new Stamp(Long.MIN_VALUE, 0);

    static Stamp of(EventEnvelope envelope) {
        return new Stamp(envelope.timeNs(), tieOf(envelope.eventId()));
    }

    /** Ids in normal form compare by their first bytes, odd ones by a hash of their text. */
    static long tieOf(String eventId) {
        if (eventId.isEmpty()) {
            return 0;
        }
        int digits = Math.min(16, eventId.length());
        for (int i = 0; i < digits; i++) {
            if (Character.digit(eventId.charAt(i), 16) < 0) {
                return eventId.hashCode() * 0x9E3779B97F4A7C15L;
            }
        }
        return firstBytes(eventId);
    }

    /** The first 16 digits of hex, or all there are. */
    static long firstBytes(String hex) {
        long bytes = 0;
        for (int i = 0; i < 16 && i < hex.length(); i++) {
            bytes = bytes << 4 | Character.digit(hex.charAt(i), 16);
        }
        return bytes;
    }

    @Override
    public int compareTo(Stamp other) {
        int byTime = Long.compare(timeNs, other.timeNs);
        return byTime != 0 ? byTime : Long.compareUnsigned(tie, other.tie);
    }
}
