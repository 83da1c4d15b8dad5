package io.rayhistory.adapters.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight bytes at a time. What is looked for here is short, and the JDK's own array methods have to be called first. */
final class Words {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private Words() {
    }

    private static long at(byte[] bytes, int index) {
        return (long) LONGS.get(bytes, index);
    }

    /** A high bit in each byte that is the character, and none below the lowest of those. */
    private static long hits(long word, char character) {
        long differs = word ^ ONES * character;
        return differs - ONES & ~differs & HIGHS;
    }

    /** The next newline, -1 if there is none. */
    static int newline(byte[] bytes, int from, int to) {
        int i = from;
        for (; i + 8 <= to; i += 8) {
            long hit = hits(at(bytes, i), '\n');
            if (hit != 0) {
                return i + (Long.numberOfTrailingZeros(hit) >> 3);
            }
        }
        while (i < to && bytes[i] != '\n') {
            i++;
        }
        return i < to ? i : -1;
    }

    /** The next quote, backslash or control character; the end, or somewhere behind it, if there is none. */
    static int endOfPlainText(byte[] bytes, int from, int to) {
        int i = from;
        for (; i + 8 <= to; i += 8) {
            long word = at(bytes, i);
            long hit = hits(word, '"') | hits(word, '\\') | word - ONES * ' ' & ~word & HIGHS;
            if (hit != 0) {
                return i + (Long.numberOfTrailingZeros(hit) >> 3);
            }
        }
        while (i < to && bytes[i] != '"' && bytes[i] != '\\' && (bytes[i] & 0xe0) != 0) {
            i++;
        }
        return i;
    }

    /** Whether all of these bytes stand there. */
    static boolean standsAt(byte[] expected, byte[] bytes, int from, int to) {
        int length = expected.length;
        if (to - from < length) {
            return false;
        }
        if (length < 8) {
            for (int i = 0; i < length; i++) {
                if (expected[i] != bytes[from + i]) {
                    return false;
                }
            }
            return true;
        }
        for (int i = 0; i < length - 8; i += 8) {
            if (at(expected, i) != at(bytes, from + i)) {
                return false;
            }
        }
        return at(expected, length - 8) == at(bytes, from + length - 8);
    }

    /** Looks at the first 16 bytes and the last 16, where file names and ids differ. */
    static int hash(byte[] bytes, int from, int to) {
        long hash = to - from;
        if (to - from < 8) {
            for (int i = from; i < to; i++) {
                hash = hash * 31 + bytes[i];
            }
        } else {
            hash = mixed(hash, at(bytes, from));
            hash = mixed(hash, at(bytes, to - 8));
            if (to - from > 16) {
                hash = mixed(hash, at(bytes, from + 8));
                hash = mixed(hash, at(bytes, to - 16));
            }
        }
        return (int) (hash * MIX >>> 40);
    }

    private static long mixed(long hash, long word) {
        long mixed = (hash ^ word) * MIX;
        return mixed ^ mixed >>> 32;
    }
}
