package io.rayhistory.adapters.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The names of members. Writers print members in the same order again and again, so what followed a name before is looked
 * at first; for nearly every name that is one comparison, without even a search for its end. A direct-mapped table, so it
 * is bounded: {@value #SLOTS} names of at most {@value #LONGEST} bytes. Not thread-safe.
 */
final class Names {
    private static final int SLOTS = 1 << 9;
    private static final int LONGEST = 64;

    private static final class Name {
        private final byte[] bytes;
        private final String text;
        private Name follower;

        private Name(byte[] bytes) {
            this.bytes = bytes;
            this.text = new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private final Name[] names = new Name[SLOTS];
    private Name last = new Name(new byte[0]);

    /** Where the expected name ends, if it stands at this place; else -1. */
    int expected(byte[] bytes, int from, int to) {
        Name follower = last.follower;
        if (follower == null || !Words.standsAt(follower.bytes, bytes, from, to)) {
            return -1;
        }
        int end = from + follower.bytes.length;
        if (end == to || bytes[end] != '"') {
            return -1;
        }
        last = follower;
        return end;
    }

    /** The name that was {@link #expected}. */
    String text() {
        return last.text;
    }

    /** A name without escapes. */
    String text(byte[] bytes, int from, int to) {
        if (to - from > LONGEST) {
            return new String(bytes, from, to - from, StandardCharsets.UTF_8);
        }
        int slot = Words.hash(bytes, from, to) & SLOTS - 1;
        Name name = names[slot];
        if (name == null || name.bytes.length != to - from || !Words.standsAt(name.bytes, bytes, from, to)) {
            name = new Name(Arrays.copyOfRange(bytes, from, to));
            names[slot] = name;
        }
        last.follower = name;
        last = name;
        return name.text;
    }
}
