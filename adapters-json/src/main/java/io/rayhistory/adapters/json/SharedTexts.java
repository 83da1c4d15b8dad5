package io.rayhistory.adapters.json;

import io.rayhistory.domain.id.IdKind;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Turns bytes into texts and ids, giving out the same {@code String} for what was seen lately: names, nodes,
 * workers, sessions and file names repeat all the time. A direct-mapped table, so it is bounded: {@value #SLOTS} texts of at
 * most {@value #LONGEST} bytes. Not thread-safe; made per file.
 */
final class SharedTexts {
    private static final int SLOTS = 1 << 12;
    private static final int LONGEST = 512;
    private static final IdKind[] KINDS = IdKind.values();

    private final byte[][] textBytes = new byte[SLOTS][];
    private final String[] texts = new String[SLOTS];
    private final byte[][] idBytes = new byte[SLOTS][];
    private final byte[] idKinds = new byte[SLOTS];
    private final String[] ids = new String[SLOTS];
    private final boolean[] odd = new boolean[SLOTS];
    private boolean lastOdd;

    String text(byte[] bytes, int from, int to) {
        if (from == to) {
            return "";
        }
        if (to - from > LONGEST) {
            return new String(bytes, from, to - from, StandardCharsets.UTF_8);
        }
        int slot = Words.hash(bytes, from, to) & SLOTS - 1;
        byte[] held = textBytes[slot];
        if (held != null && held.length == to - from && Words.standsAt(held, bytes, from, to)) {
            return texts[slot];
        }
        textBytes[slot] = Arrays.copyOfRange(bytes, from, to);
        texts[slot] = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        return texts[slot];
    }

    /** The id in normal form, or as it came if it is none. */
    String id(IdKind kind, byte[] bytes, int from, int to) {
        if (from == to) {
            lastOdd = false;
            return "";
        }
        if (to - from > LONGEST) {
            lastOdd = true;
            return new String(bytes, from, to - from, StandardCharsets.UTF_8);
        }
        int slot = Words.hash(bytes, from, to) & SLOTS - 1;
        byte[] held = idBytes[slot];
        if (held != null && KINDS[idKinds[slot]] == kind
                && held.length == to - from && Words.standsAt(held, bytes, from, to)) {
            lastOdd = odd[slot];
            return ids[slot];
        }
        idBytes[slot] = Arrays.copyOfRange(bytes, from, to);
        idKinds[slot] = (byte) kind.ordinal();
        ids[slot] = normalized(kind, bytes, from, to);
        odd[slot] = !kind.isNormal(ids[slot]);
        lastOdd = odd[slot];
        return ids[slot];
    }

    static String normalized(IdKind kind, byte[] bytes, int from, int to) {
        String id = kind.ofBase64(bytes, from, to);
        return id.isEmpty() ? kind.normalize(new String(bytes, from, to - from, StandardCharsets.UTF_8)) : id;
    }

    /** True if the last id asked for was none and is kept as it came. */
    boolean lastIdWasOdd() {
        return lastOdd;
    }
}
