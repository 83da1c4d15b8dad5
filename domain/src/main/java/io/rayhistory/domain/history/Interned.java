package io.rayhistory.domain.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers for values that repeat: a session of 20,000 attempts has some dozen names, functions and resource maps. Equal
 * values get the same number. Not thread-safe.
 */
final class Interned<T> {
    private final Map<T, Integer> numbers = new HashMap<>();
    private final List<T> values = new ArrayList<>();
    private T lastValue;
    private int lastNumber;

    int numberOf(T value) {
        if (value == lastValue) {
            return lastNumber;
        }
        Integer known = numbers.get(value);
        int number;
        if (known == null) {
            number = values.size();
            values.add(value);
            numbers.put(value, number);
        } else {
            number = known;
        }
        lastValue = value;
        lastNumber = number;
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
