package io.rayhistory.domain.history;

import io.rayhistory.domain.event.EventEnvelope;

/**
 * Keeps the value of the newest event, in whatever order they come: largest time, then largest event id. Two different
 * values under the same stamp (events without ids) are told apart by their text, so that even then the order of
 * arrival decides nothing. Not thread-safe.
 */
final class Newest<T> {
    private long timeNs;
    private String eventId;
    private T value;

    void offer(EventEnvelope from, T candidate) {
        if (value == null || isNewer(from, candidate)) {
            timeNs = from.timeNs();
            eventId = from.eventId();
            value = candidate;
        }
    }

    /** The value, {@code null} when none was offered. */
    T orNull() {
        return value;
    }

    private boolean isNewer(EventEnvelope from, T candidate) {
        int order = Long.compare(from.timeNs(), timeNs);
        if (order == 0) {
            order = from.eventId().compareTo(eventId);
        }
        if (order == 0 && !candidate.equals(value)) {
            order = candidate.toString().compareTo(value.toString());
        }
        return order > 0;
    }
}
