package io.rayhistory.domain.history;

import io.rayhistory.domain.HistoryException;

/**
 * Gives back what an {@link ImageSink} took. Implementations must not trust lengths: memory grows only with values that
 * really arrive. Every method throws {@link HistoryException} of kind CORRUPT for what no sink can have written. One
 * thread at a time.
 */
public interface ImageSource {

    long number();

    String text();

    byte[] bytes();

    long[] longs();

    int[] ints();
}
