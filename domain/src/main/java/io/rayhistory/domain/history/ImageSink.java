package io.rayhistory.domain.history;

/**
 * Takes a history apart into plain values; an {@link ImageSource} must give back the same values in the same order. No
 * value is {@code null}. Implementations decide how values become bytes and may expect most numbers to be small, texts to
 * repeat, and columns to be sorted. One thread at a time.
 */
public interface ImageSink {

    void number(long value);

    /** Any sequence of chars, half surrogate pairs included. */
    void text(String text);

    /** The bytes of one packed chunk. */
    void bytes(byte[] bytes);

    /** One column. Sorted ones ascend as unsigned numbers. */
    void longs(long[] column);

    /** One column; few numbers are negative. */
    void ints(int[] column);
}
