package io.rayhistory.domain.history;

import io.rayhistory.domain.event.EventEnvelope;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * The states one entity entered: a set keyed by time and state, ordered by time and then by the state's number. Repeats
 * and shuffles change nothing. Not thread-safe.
 */
final class Transitions<T> {
    private final TreeMap<Key, Newest<T>> byKey = new TreeMap<>();

    /** @param rank number of the state; states of equal rank are ordered by name */
    void add(EventEnvelope from, long timeNs, int rank, String state, T transition) {
        byKey.computeIfAbsent(new Key(timeNs, rank, state), key -> new Newest<>()).offer(from, transition);
    }

    boolean isEmpty() {
        return byKey.isEmpty();
    }

    /** Oldest first. */
    List<T> inOrder() {
        List<T> transitions = new ArrayList<>(byKey.size());
        byKey.values().forEach(newest -> transitions.add(newest.orNull()));
        return transitions;
    }

    private record Key(long timeNs, int rank, String state) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparingLong(Key::timeNs).thenComparingInt(Key::rank).thenComparing(Key::state);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }
}
