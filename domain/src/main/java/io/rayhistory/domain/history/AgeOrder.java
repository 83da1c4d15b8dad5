package io.rayhistory.domain.history;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The rows of a table by age. Sorting them again for every page would be most of what a page costs, so each row's place
 * is kept from the first question on that needs it: 4 bytes a row. Thread-safe.
 */
final class AgeOrder {
    private final TaskTable table;
    /** Per row, how many rows are older. Of rows of one age the first in the table counts as the youngest. */
    private volatile int[] places;
    /** What is asked for most: all attempts, or all but drivers. */
    private volatile LatestRows ofAll;
    private volatile LatestRows withoutDrivers;

    AgeOrder(TaskTable table) {
        this.table = table;
    }

    LatestRows latest(int limit, boolean excludeDriver) {
        LatestRows known = excludeDriver ? withoutDrivers : ofAll;
        if (known == null || known.rows().length != Math.min(limit, known.total())) {
            int[] rows = IntStream.range(0, table.size()).filter(row -> !excludeDriver || !table.isDriver(row)).toArray();
            known = latest(rows, limit);
            if (excludeDriver) {
                withoutDrivers = known;
            } else {
                ofAll = known;
            }
        }
        return known;
    }

    LatestRows latest(int[] rows, int limit) {
        return new LatestRows(rows.length, rows.length <= limit ? rows : youngest(rows, limit));
    }

    private int[] places() {
        int[] known = places;
        if (known == null) {
            known = order();
            places = known;
        }
        return known;
    }

    private int[] order() {
        long[] times = new long[table.size()];
        for (int row = 0; row < times.length; row++) {
            times[row] = table.firstStateNs(row);
        }
        long[] sorted = times.clone();
        Arrays.sort(sorted);
        int[] taken = new int[times.length];
        int[] place = new int[times.length];
        for (int row = times.length - 1; row >= 0; row--) {
            int first = firstOf(sorted, times[row]);
            place[row] = first + taken[first]++;
        }
        return place;
    }

    private static int firstOf(long[] sorted, long time) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The youngest of some rows, in the order they were given; needs more rows than it is to choose. */
    private int[] youngest(int[] rows, int count) {
        if (count == 0) {
            return new int[0];
        }
        int[] place = places();
        long[] taken = new long[(place.length >> 6) + 1];
        for (int row : rows) {
            taken[place[row] >> 6] |= 1L << place[row];
        }
        int word = taken.length;
        int found = 0;
        while (found < count) {
            found += Long.bitCount(taken[--word]);
        }
        for (; found > count; found--) {
            taken[word] &= taken[word] - 1;
        }
        int oldest = (word << 6) + Long.numberOfTrailingZeros(taken[word]);
        int[] youngest = new int[count];
        int at = 0;
        for (int row : rows) {
            if (place[row] >= oldest) {
                youngest[at++] = row;
            }
        }
        return youngest;
    }
}
