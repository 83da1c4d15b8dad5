package io.rayhistory.adapters.azureblob;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;

/**
 * Brings names from the service's order, that of UTF-8, into that of UTF-16 code units. The two differ only where a
 * character from U+E000 meets one beyond U+FFFF, so only neighbours that agree up to their first character from U+D800
 * can be out of place; those are collected and sorted, and everything else passes through. Memory: one such run, which
 * holds a folder's names only if the folder's own name has such a character.
 */
final class CodeUnitOrder<T> implements Iterator<T> {
    private final Iterator<T> source;
    private final Function<T, String> name;
    private Iterator<T> run = List.<T>of().iterator();
    private T ahead;

    CodeUnitOrder(Iterator<T> source, Function<T, String> name) {
        this.source = source;
        this.name = name;
    }

    @Override
    public boolean hasNext() {
        return run.hasNext() || ahead != null || source.hasNext();
    }

    @Override
    public T next() {
        if (run.hasNext()) {
            return run.next();
        }
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        T first = ahead != null ? ahead : source.next();
        ahead = null;
        int high = firstHigh(name.apply(first));
        if (high < 0) {
            return first;
        }
        String start = name.apply(first).substring(0, high);
        List<T> found = new ArrayList<>(List.of(first));
        while (source.hasNext()) {
            ahead = source.next();
            String following = name.apply(ahead);
            if (!following.startsWith(start) || firstHigh(following) != high) {
                break;
            }
            found.add(ahead);
            ahead = null;
        }
        found.sort(Comparator.comparing(name));
        run = found.iterator();
        return run.next();
    }

    private static int firstHigh(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= Character.MIN_SURROGATE) {
                return i;
            }
        }
        return -1;
    }
}
