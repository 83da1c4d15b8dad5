package io.rayhistory.domain.history;

import io.rayhistory.domain.event.PlatformEvent;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects platform events. The same id comes again when Kubernetes raises its count: the newest, then the highest
 * count, wins. Not thread-safe.
 */
final class PlatformFacts {
    private static final Comparator<PlatformEvent> AGE = Comparator
            .comparingLong((PlatformEvent event) -> event.envelope().timeNs())
            .thenComparingLong(PlatformEvent::count)
            .thenComparing(event -> event.envelope().eventId())
            .thenComparing(PlatformEvent::toString);

    private final Map<Object, PlatformEvent> byId = new HashMap<>();

    void add(PlatformEvent event) {
        String id = event.envelope().eventId();
        // Events without an id are never the same one, unless they are equal in everything.
        byId.merge(id.isEmpty() ? event : id, event, (one, other) -> AGE.compare(one, other) >= 0 ? one : other);
    }

    /** Newest first. */
    List<PlatformEvent> fold() {
        return byId.values().stream().sorted(AGE.reversed()).toList();
    }
}
