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

    private static final byte[] DIGITS = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
    static final Stamp NONE = new Stamp(Long.MIN_VALUE, 0);

    static Stamp of(EventEnvelope envelope) {
        return new Stamp(envelope.timeNs(), tieOf(envelope.eventId()));
    }

    /** Ids in normal form compare by their first bytes, odd ones by a hash of their text. */
    static long tieOf(String eventId) {
        if (eventId.isEmpty()) {
            return 0;
        }
        return isHex(eventId, Math.min(16, eventId.length())) ? firstBytes(eventId)
                : eventId.hashCode() * 0x9E3779B97F4A7C15L;
    }

    /** True if the first characters are lower-case hex. */
    static boolean isHex(String text, int length) {
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > 'f' || c > '9' && c < 'a') {
                return false;
            }
        }
        return true;
    }

    /** All 16 digits of eight bytes. */
    @SuppressWarnings("deprecation")
    static String hex(long bytes) {
        byte[] digits = new byte[16];
        for (int i = 15; i >= 0; i--) {
            digits[i] = DIGITS[(int) (bytes >>> 4 * (15 - i)) & 15];
        }
        // Takes bytes for characters, which is why it is deprecated and why it is fast.
        return new String(digits, 0);
    }

    /** The first 16 digits of hex, or all there are. */
    static long firstBytes(String hex) {
        long bytes = 0;
        for (int i = 0; i < 16 && i < hex.length(); i++) {
            char c = hex.charAt(i);
            bytes = bytes << 4 | (c <= '9' ? c - '0' : c - 'a' + 10);
        }
        return bytes;
    }

    @Override
    public int compareTo(Stamp other) {
        int byTime = Long.compare(timeNs, other.timeNs);
        return byTime != 0 ? byTime : Long.compareUnsigned(tie, other.tie);
    }
}
