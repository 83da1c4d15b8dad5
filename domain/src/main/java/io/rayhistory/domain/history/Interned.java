package io.rayhistory.domain.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers for values that repeat: a session of 20,000 attempts has some dozen names, functions and resource maps. Equal
 * values get the same number. Not thread-safe, but several threads may have a {@linkplain #part part} each: parts give
 * out the numbers of the whole, asking it only for what they never saw.
 */
final class Interned<T> {
    private final Interned<T> whole;
    private final Map<T, Integer> numbers = new HashMap<>();
    private final List<T> values = new ArrayList<>();
    private T lastValue;
    private int lastNumber;

    Interned() {
        this(null);
    }

    private Interned(Interned<T> whole) {
        this.whole = whole;
    }

    /** For one thread; the whole must be left alone until all parts are done. */
    Interned<T> part() {
        return new Interned<>(this);
    }

    int numberOf(T value) {
        if (value == lastValue) {
            return lastNumber;
        }
        Integer known = numbers.get(value);
        int number = known != null ? known : whole == null ? add(value) : ask(value);
        lastValue = value;
        lastNumber = number;
        return number;
    }

    private int add(T value) {
        numbers.put(value, values.size());
        values.add(value);
        return values.size() - 1;
    }

    private int ask(T value) {
        int number;
        synchronized (whole) {
            number = whole.numberOf(value);
        }
        numbers.put(value, number);
        return number;
    }

    /** The number of an equal value, {@code null} when there is none. */
    Integer find(T value) {
        return numbers.get(value);
    }

    T get(int number) {
        return values.get(number);
    }

    int size() {
        return values.size();
    }

    /** The values by number, without what only numbering needs. */
    List<T> frozen() {
        return List.copyOf(values);
    }
}
