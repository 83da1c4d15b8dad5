package io.rayhistory.domain.history;

import java.util.Arrays;

/** Orders attempts by task id, the latest attempt of a task first: a merge sort of numbers, without an object per attempt. */
final class SortedSlots {
    private final AttemptIndex index;
    private final int[] tailRank;

    private SortedSlots(AttemptIndex index) {
        this.index = index;
        this.tailRank = ranks(index.tails());
    }

    static int[] of(AttemptIndex index) {
        int[] slots = new int[index.size()];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = i;
        }
        new SortedSlots(index).sort(slots, new int[slots.length], 0, slots.length);
        return slots;
    }

    private static int[] ranks(Interned<String> tails) {
        Integer[] order = new Integer[tails.size()];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        Arrays.sort(order, (a, b) -> tails.get(a).compareTo(tails.get(b)));
        int[] rank = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            rank[order[i]] = i;
        }
        return rank;
    }

    private void sort(int[] slots, int[] spare, int from, int to) {
        if (to - from < 2) {
            return;
        }
        int middle = (from + to) >>> 1;
        sort(slots, spare, from, middle);
        sort(slots, spare, middle, to);
        if (compare(slots[middle - 1], slots[middle]) <= 0) {
            return;
        }
        System.arraycopy(slots, from, spare, from, to - from);
        int left = from;
        int right = middle;
        for (int at = from; at < to; at++) {
            boolean takeLeft = right == to || left < middle && compare(spare[left], spare[right]) <= 0;
            slots[at] = takeLeft ? spare[left++] : spare[right++];
        }
    }

    private int compare(int a, int b) {
        int byId;
        if (index.isRaw(a) || index.isRaw(b)) {
            byId = index.taskId(a).compareTo(index.taskId(b));
        } else {
            byId = Long.compareUnsigned(index.unique(a), index.unique(b));
            byId = byId != 0 ? byId : Integer.compare(tailRank[index.tailNumber(a)], tailRank[index.tailNumber(b)]);
        }
        return byId != 0 ? byId : Integer.compare(index.attempt(b), index.attempt(a));
    }
}
