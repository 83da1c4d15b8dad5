package io.rayhistory.adapters.json;

import io.rayhistory.domain.HistoryException;

import java.util.Arrays;
import java.util.concurrent.Semaphore;

/**
 * The event being read, without its blanks. Above its limit only the beginning is kept. What it takes beyond its first
 * size comes out of a budget that all posts share, so that many large events at once cannot use up the heap. Not
 * thread-safe.
 */
final class EventBytes {
    private static final int FIRST_SIZE = 1 << 17;
    /** What is kept of an event above the limit. */
    static final int KEPT = 1 << 16;

    private final int limit;
    private final Semaphore budget;
    private int borrowed;
    private boolean oversize;
    byte[] bytes = new byte[FIRST_SIZE];
    int length;

    EventBytes(int limit, Semaphore budget) {
        this.limit = limit;
        this.budget = budget;
    }

    void clear() {
        length = 0;
        oversize = false;
    }

    boolean isOversize() {
        return oversize || length > limit;
    }

    /** Makes room for as many bytes, at most a {@link BodySource#PIECE} and a little. */
    void reserve(int more) {
        if (isOversize()) {
            oversize = true;
            // What comes now is only read to find its end; it is written behind the part that is kept.
            length = Math.min(length, KEPT);
        }
        if (length + more > bytes.length) {
            grow(more);
        }
    }

    private void grow(int more) {
        int size = Math.min(2 * bytes.length, limit + 2 * BodySource.PIECE);
        size = Math.max(size, length + more);
        if (!budget.tryAcquire(size - bytes.length)) {
            throw HistoryException.unavailable("too many large events are being received at once; try again", null);
        }
        borrowed += size - bytes.length;
        bytes = Arrays.copyOf(bytes, size);
    }

    /** Gives back what was taken from the budget; the bytes must not be used any more. */
    void release() {
        budget.release(borrowed);
        borrowed = 0;
    }
}
