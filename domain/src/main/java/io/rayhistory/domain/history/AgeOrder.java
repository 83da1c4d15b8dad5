package io.rayhistory.domain.history;

import java.util.Arrays;

/**
 * The rows of a table by age. Sorting them again for every page would be most of what a page costs, so each row's place
 * is kept: 4 bytes a row. Immutable.
 */
final class AgeOrder {
    /** Per row, how many rows are older. Of rows of one age the first in the table counts as the youngest. */
    private final int[] place;

    AgeOrder(TaskTable table) {
        long[] times = new long[table.size()];
        for (int row = 0; row < times.length; row++) {
            times[row] = table.firstStateNs(row);
        }
        long[] sorted = times.clone();
        Arrays.sort(sorted);
        int[] taken = new int[times.length];
        place = new int[times.length];
        for (int row = times.length - 1; row >= 0; row--) {
            int first = firstOf(sorted, times[row]);
            place[row] = first + taken[first]++;
        }
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
    int[] youngest(int[] rows, int count) {
        if (count == 0) {
            return new int[0];
        }
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
