package io.rayhistory.application.read;

import java.time.Instant;

/**
 * When a session was last heard of, by the store's clock; {@link Instant#EPOCH} for what is not there. The time in a
 * session's name is the head's local time and no measure.
 *
 * @param marker    when its marker was written: at its start, by the Go collector at its end
 * @param heartbeat when its head's collector last wrote that it lives
 * @param end       when its head's collector wrote that it ended
 */
record SessionTraces(Instant marker, Instant heartbeat, Instant end) {
    static final SessionTraces NONE = new SessionTraces(Instant.EPOCH, Instant.EPOCH, Instant.EPOCH);

    /** True if its end was written and no sign of life after it. */
    boolean saidToEnd() {
        return end.isAfter(Instant.EPOCH) && !heartbeat.isAfter(end);
    }

    Instant newest() {
        return later(marker, later(heartbeat, end));
    }

    SessionTraces and(SessionTraces other) {
        return new SessionTraces(later(marker, other.marker), later(heartbeat, other.heartbeat), later(end, other.end));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
