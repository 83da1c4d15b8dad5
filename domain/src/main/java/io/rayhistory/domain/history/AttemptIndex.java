package io.rayhistory.domain.history;

import io.rayhistory.domain.id.IdKind;

import java.util.Arrays;

/**
 * Finds the slot of a task attempt while events come in. A task id is kept as its 8 unique bytes and the number of its
 * last 16 bytes (actor part and job), which many tasks share; an id that is no 48 characters of hex keeps its whole text
 * there. Open addressing over columns, no object per attempt. Not thread-safe.
 */
final class AttemptIndex {
    private static final char RAW = '\0';
    /** Hex digits of the unique part. */
    private static final int UNIQUE = 16;

    private final Interned<String> tails;
    private String lastTail = "";
    private int lastTailNumber;
    private long[] unique = new long[1024];
    private int[] tail = new int[1024];
    private int[] attempt = new int[1024];
    private int[] table = new int[4096];
    private int size;

    /** @param tails numbers the last parts of ids, also of parents */
    AttemptIndex(Interned<String> tails) {
        this.tails = tails;
        Arrays.fill(table, -1);
    }

    int size() {
        return size;
    }

    /** Whether it is an id in normal form; what it has in common with the id before need not be looked at again. */
    boolean isNormal(String taskId) {
        return !lastTail.isEmpty() && taskId.startsWith(lastTail, UNIQUE) && taskId.length() == UNIQUE + lastTail.length()
                ? Stamp.isHex(taskId, UNIQUE) : IdKind.TASK.isNormal(taskId);
    }

    /** Few ids differ from the one before in their last part, and text need not be cut out to see that. */
    int tailNumberOf(String taskId, boolean normal) {
        if (!normal) {
            return tails.numberOf(tailOf(taskId, false));
        }
        if (!taskId.startsWith(lastTail, UNIQUE) || lastTail.isEmpty()) {
            lastTail = tailOf(taskId, true);
            lastTailNumber = tails.numberOf(lastTail);
        }
        return lastTailNumber;
    }

    /** The slot of the attempt; a new one, equal to the {@link #size()} before, when it was never seen. */
    int slotOf(long key, int tailNumber, int attemptNumber) {
        int at = home(key, tailNumber, attemptNumber, table.length);
        while (table[at] >= 0) {
            int slot = table[at];
            if (unique[slot] == key && tail[slot] == tailNumber && attempt[slot] == attemptNumber) {
                return slot;
            }
            at = at + 1 & table.length - 1;
        }
        return insert(at, key, tailNumber, attemptNumber);
    }

    /** The slot of the attempt, or -1 when it was never seen. */
    int find(String taskId, int attemptNumber) {
        boolean normal = IdKind.TASK.isNormal(taskId);
        Integer tailNumber = tails.find(tailOf(taskId, normal));
        if (tailNumber == null) {
            return -1;
        }
        long key = uniqueOf(taskId, normal);
        for (int at = home(key, tailNumber, attemptNumber, table.length); table[at] >= 0; at = at + 1 & table.length - 1) {
            int slot = table[at];
            if (unique[slot] == key && tail[slot] == tailNumber && attempt[slot] == attemptNumber) {
                return slot;
            }
        }
        return -1;
    }

    private int insert(int at, long key, int tailNumber, int attemptNumber) {
        if (size == unique.length) {
            unique = Arrays.copyOf(unique, size * 2);
            tail = Arrays.copyOf(tail, size * 2);
            attempt = Arrays.copyOf(attempt, size * 2);
        }
        unique[size] = key;
        tail[size] = tailNumber;
        attempt[size] = attemptNumber;
        table[at] = size++;
        if (size * 2 > table.length) {
            grow();
        }
        return size - 1;
    }

    private void grow() {
        int[] larger = new int[table.length * 2];
        Arrays.fill(larger, -1);
        for (int slot = 0; slot < size; slot++) {
            int at = home(unique[slot], tail[slot], attempt[slot], larger.length);
            while (larger[at] >= 0) {
                at = at + 1 & larger.length - 1;
            }
            larger[at] = slot;
        }
        table = larger;
    }

    private static int home(long key, int tailNumber, int attemptNumber, int length) {
        long mixed = (key ^ tailNumber * 0x9E3779B97F4A7C15L + attemptNumber) * 0xBF58476D1CE4E5B9L;
        return (int) (mixed >>> 32) & length - 1;
    }

    long unique(int slot) {
        return unique[slot];
    }

    int tailNumber(int slot) {
        return tail[slot];
    }

    int attempt(int slot) {
        return attempt[slot];
    }

    String taskId(int slot) {
        return join(unique[slot], tails.get(tail[slot]));
    }

    /** True for an attempt whose task id is not in normal form. */
    boolean isRaw(int slot) {
        return tails.get(tail[slot]).charAt(0) == RAW;
    }

    Interned<String> tails() {
        return tails;
    }

    /** The first 8 bytes of a task id; 0 for text that is none. */
    static long uniqueOf(String taskId, boolean normal) {
        return normal ? Stamp.firstBytes(taskId) : 0;
    }

    /** What stands behind the unique part, or the whole marked text when it is no task id in normal form. */
    static String tailOf(String taskId, boolean normal) {
        return normal ? taskId.substring(UNIQUE) : RAW + taskId;
    }

    static String join(long unique, String tail) {
        if (tail.charAt(0) == RAW) {
            return tail.substring(1);
        }
        return Stamp.hex(unique).concat(tail);
    }
}
