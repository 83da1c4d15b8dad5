package io.rayhistory.application.collect;

import java.util.Arrays;

/**
 * The last so many events that were added; the oldest make room for new ones. A ring with an index over it: 16 bytes an
 * event and 4 for each of the index's places, made with the first event. Not thread-safe.
 */
final class RecentIds {
    private final int limit;
    private long[] highs = {};
    private long[] lows = {};
    /** Where in the ring an event lies, plus 1; 0 for a free place. */
    private int[] places = {0};
    private int size;
    private int next;

    RecentIds(int limit) {
        this.limit = limit;
    }

    boolean contains(EventHash id) {
        return places[placeOf(id.high(), id.low())] != 0;
    }

    int size() {
        return size;
    }

    void add(EventHash id) {
        if (contains(id)) {
            return;
        }
        if (size == highs.length && size < limit) {
            grow();
        }
        if (size == limit) {
            remove(placeOf(highs[next], lows[next]));
        } else {
            size++;
        }
        highs[next] = id.high();
        lows[next] = id.low();
        places[placeOf(id.high(), id.low())] = next + 1;
        next = next + 1 == limit ? 0 : next + 1;
    }

    /** Moves everything of the other one into this one, oldest first. */
    void addAll(RecentIds more) {
        for (int i = 0; i < more.size; i++) {
            int at = (more.next - more.size + i + more.limit) % more.limit;
            add(new EventHash(more.highs[at], more.lows[at]));
        }
    }

    /** The place that holds the event, or the free one where it belongs. */
    private int placeOf(long high, long low) {
        int mask = places.length - 1;
        int place = (int) high & mask;
        while (places[place] != 0 && (highs[places[place] - 1] != high || lows[places[place] - 1] != low)) {
            place = place + 1 & mask;
        }
        return place;
    }

    /** Frees a place, and closes the gap for those behind it that had found their own place taken. */
    private void remove(int place) {
        int mask = places.length - 1;
        int gap = place;
        for (int i = gap + 1 & mask; places[i] != 0; i = i + 1 & mask) {
            int home = (int) highs[places[i] - 1] & mask;
            if ((i - home & mask) >= (i - gap & mask)) {
                places[gap] = places[i];
                gap = i;
            }
        }
        places[gap] = 0;
    }

    private void grow() {
        int capacity = (int) Math.min(limit, Math.max(128, 4L * size));
        highs = Arrays.copyOf(highs, capacity);
        lows = Arrays.copyOf(lows, capacity);
        places = new int[Integer.highestOneBit(capacity) * 4];
        for (int i = 0; i < size; i++) {
            places[placeOf(highs[i], lows[i])] = i + 1;
        }
    }
}
