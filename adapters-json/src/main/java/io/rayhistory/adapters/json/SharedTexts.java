package io.rayhistory.adapters.json;

import io.rayhistory.domain.id.IdKind;

import java.util.Arrays;

/**
 * Turns characters into texts and ids, giving out the same {@code String} for what was seen lately: names, nodes,
 * workers, sessions and file names repeat all the time. A direct-mapped table, so it is bounded: {@value #SLOTS} texts of at
 * most {@value #LONGEST} characters. Not thread-safe; made per file.
 */
final class SharedTexts {
    private static final int SLOTS = 1 << 12;
    private static final int LONGEST = 512;
    private static final IdKind[] KINDS = IdKind.values();

    private final char[][] textChars = new char[SLOTS][];
    private final String[] texts = new String[SLOTS];
    private final char[][] idChars = new char[SLOTS][];
    private final byte[] idKinds = new byte[SLOTS];
    private final String[] ids = new String[SLOTS];
    private final boolean[] odd = new boolean[SLOTS];
    private boolean lastOdd;

    String text(char[] chars, int offset, int length) {
        if (length == 0) {
            return "";
        }
        if (length > LONGEST) {
            return new String(chars, offset, length);
        }
        int slot = hash(chars, offset, length) & SLOTS - 1;
        char[] held = textChars[slot];
        if (held != null && Arrays.equals(held, 0, held.length, chars, offset, offset + length)) {
            return texts[slot];
        }
        textChars[slot] = Arrays.copyOfRange(chars, offset, offset + length);
        texts[slot] = new String(chars, offset, length);
        return texts[slot];
    }

    /** The id in normal form, or as it came if it is none. */
    String id(IdKind kind, char[] chars, int offset, int length) {
        if (length == 0) {
            lastOdd = false;
            return "";
        }
        if (length > LONGEST) {
            lastOdd = true;
            return new String(chars, offset, length);
        }
        int slot = hash(chars, offset, length) & SLOTS - 1;
        char[] held = idChars[slot];
        if (held != null && KINDS[idKinds[slot]] == kind
                && Arrays.equals(held, 0, held.length, chars, offset, offset + length)) {
            lastOdd = odd[slot];
            return ids[slot];
        }
        idChars[slot] = Arrays.copyOfRange(chars, offset, offset + length);
        idKinds[slot] = (byte) kind.ordinal();
        ids[slot] = kind.normalize(new String(chars, offset, length));
        odd[slot] = !kind.isNormal(ids[slot]);
        lastOdd = odd[slot];
        return ids[slot];
    }

    /** True if the last id asked for was none and is kept as it came. */
    boolean lastIdWasOdd() {
        return lastOdd;
    }

    /** Looks at no more than 16 characters spread over the text and at the last ones, where file names differ. */
    private static int hash(char[] chars, int offset, int length) {
        int hash = length;
        int step = length < 16 ? 1 : length >> 4;
        int end = offset + length;
        for (int i = offset; i < end; i += step) {
            hash = hash * 31 + chars[i];
        }
        for (int i = Math.max(offset, end - 6); i < end; i++) {
            hash = hash * 31 + chars[i];
        }
        return hash ^ hash >>> 12 ^ hash >>> 22;
    }
}
