package io.rayhistory.domain.history;

import io.rayhistory.domain.event.EventEnvelope;

import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * What events told about the entities of one kind, by id: the newest definition of each and all its transitions. An
 * entity exists as soon as any event names it. Not thread-safe.
 *
 * @param <D> definition events
 * @param <T> transitions
 */
final class Subjects<D, T> {

    /** One entity. */
    static final class Subject<D, T> {
        private final Newest<D> definition = new Newest<>();
        private final Transitions<T> transitions = new Transitions<>();

        /** {@code null} when none came. */
        D definition() {
            return definition.orNull();
        }

        List<T> transitions() {
            return transitions.inOrder();
        }
    }

    private final TreeMap<String, Subject<D, T>> byId = new TreeMap<>();
    private final List<String> stateOrder;
    private final Function<T, String> state;
    private final ToLongFunction<T> timeNs;

    /** @param stateOrder names of the states in number order; unknown ones come before all others */
    Subjects(List<String> stateOrder, Function<T, String> state, ToLongFunction<T> timeNs) {
        this.stateOrder = stateOrder;
        this.state = state;
        this.timeNs = timeNs;
    }

    void define(EventEnvelope from, String id, D definition) {
        of(id).definition.offer(from, definition);
    }

    void enter(EventEnvelope from, String id, List<T> transitions) {
        Subject<D, T> subject = of(id);
        for (T transition : transitions) {
            String name = state.apply(transition);
            subject.transitions.add(from, timeNs.applyAsLong(transition), stateOrder.indexOf(name), name, transition);
        }
    }

    boolean isEmpty() {
        return byId.isEmpty();
    }

    /** {@code null} when no event named it. */
    Subject<D, T> get(String id) {
        return byId.get(id);
    }

    /** In order of their ids; a live view. */
    TreeMap<String, Subject<D, T>> byId() {
        return byId;
    }

    private Subject<D, T> of(String id) {
        return byId.computeIfAbsent(id, key -> new Subject<>());
    }
}
