package io.rayhistory.application.collect;

/**
 * 128 bits that stand for an event's session and id. Ids are 28 random bytes, so that two events share a value as rarely
 * as anything that is never seen to happen; comparing ids themselves would hold 30 MB more.
 *
 * @param high never 0 together with {@code low}
 */
record EventHash(long high, long low) {
    private static final long FIRST_FACTOR = 0x9E3779B97F4A7C15L;
    private static final long SECOND_FACTOR = 0xC2B2AE3D27D4EB4FL;

    /** The value of a session, to start its events from. */
    static EventHash ofSession(String session) {
        return new EventHash(FIRST_FACTOR, SECOND_FACTOR).with(session);
    }

    EventHash with(String text) {
        long first = high ^ text.length();
        long second = low;
        for (int i = 0; i < text.length(); i++) {
            first = (first ^ text.charAt(i)) * FIRST_FACTOR;
            first ^= first >>> 29;
            second = (Long.rotateLeft(second, 23) + text.charAt(i)) * SECOND_FACTOR;
        }
        return new EventHash(mixed(first + second), mixed(second ^ first >>> 17) | 1);
    }

    private static long mixed(long bits) {
        long once = (bits ^ bits >>> 33) * 0xFF51AFD7ED558CCDL;
        long twice = (once ^ once >>> 33) * 0xC4CEB9FE1A85EC53L;
        return twice ^ twice >>> 33;
    }
}
