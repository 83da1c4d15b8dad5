package io.rayhistory.application.read;

/**
 * Remembers which event ids a load has met, as 64-bit hashes in an open table: 16 bytes an event at worst instead of a
 * text each. Ids are 28 random bytes, so two of a few million share a hash once in about a million loads.
 */
final class SeenEvents {
    /** Later ids are no longer remembered: 64 MiB. Replay stands repeats anyway, they are only not counted then. */
    static final int LIMIT = 6_000_000;

    private long[] table = new long[1 << 12];
    private int size;

    /** Answers whether the id is new. An absent id always is. */
    boolean add(String eventId) {
        if (eventId.isEmpty()) {
            return true;
        }
        long hash = hash(eventId);
        int at = find(hash);
        if (table[at] == hash) {
            return false;
        }
        if (size < LIMIT) {
            table[at] = hash;
            if (++size > table.length / 4 * 3) {
                grow();
            }
        }
        return true;
    }

    private int find(long hash) {
        int mask = table.length - 1;
        int at = (int) (hash ^ hash >>> 32) & mask;
        while (table[at] != 0 && table[at] != hash) {
            at = at + 1 & mask;
        }
        return at;
    }

    private void grow() {
        long[] old = table;
        table = new long[old.length * 2];
        for (long hash : old) {
            if (hash != 0) {
                table[find(hash)] = hash;
            }
        }
    }

    /** FNV-1a over the characters, then mixed; never 0, which marks a free place. */
    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ hash >>> 32) * 0x9e3779b97f4a7c15L;
        hash ^= hash >>> 29;
        return hash == 0 ? 1 : hash;
    }
}
