package io.rayhistory.domain.failure;

/** Short names of groups, for links: ten hex digits of what makes the group (FNV-1a, 64 bits, folded). */
final class FailureKeys {
    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private FailureKeys() {
    }

    static String of(String identity) {
        long hash = OFFSET;
        for (int i = 0; i < identity.length(); i++) {
            hash = (hash ^ identity.charAt(i)) * PRIME;
        }
        return String.format("%010x", (hash ^ hash >>> 40) & 0xff_ffff_ffffL);
    }
}
