package io.rayhistory.domain.id;

import java.util.Locale;

/**
 * Ray's binary ids. Everywhere in this code base an id is a {@code String} in <em>normal form</em>: lower-case hex of
 * exactly {@link #hexLength()} characters; {@code ""} means absent. Text that is neither hex nor base64 of the right
 * length is kept as it came, so that foreign names (node {@code head-node-x}) still work as keys.
 */
public enum IdKind {
    JOB(4), ACTOR(16), PLACEMENT_GROUP(18), TASK(24), OBJECT(28), NODE(28), WORKER(28), EVENT(28);

    private static final char[] HEX = "0123456789abcdef".toCharArray();
    private static final byte[] BASE64 = base64Values();

    private final int bytes;

    IdKind(int bytes) {
        this.bytes = bytes;
    }

    public int hexLength() {
        return 2 * bytes;
    }

    /** The nil id: every byte {@code ff}. */
    public String nil() {
        return "f".repeat(hexLength());
    }

    /** True for the nil id and for an absent one; Ray's answers show both as {@code null}. */
    public boolean isNil(String id) {
        if (id.isEmpty()) {
            return true;
        }
        if (id.length() != hexLength()) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            if (id.charAt(i) != 'f') {
                return false;
            }
        }
        return true;
    }

    /** The id, or {@code ""} if it is nil. */
    public String orAbsent(String id) {
        return isNil(id) ? "" : id;
    }

    /** True if the text is in normal form: lower-case hex of this kind's length. */
    public boolean isNormal(String id) {
        if (id.length() != hexLength()) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return true;
    }

    /**
     * Brings every spelling Ray and its collectors use into normal form: hex in either case, base64 in the standard or
     * the URL alphabet, padded or not. The length expected for this kind decides first, the alphabet second: a padded
     * base64 job id ends in {@code ==}, which hex never does.
     */
    public String normalize(String text) {
        if (text == null || text.isEmpty()) {
            return "";
        }
        if (text.length() == hexLength() && isHex(text)) {
            return text.toLowerCase(Locale.ROOT);
        }
        return base64ToHex(text);
    }

    private static boolean isHex(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.digit(text.charAt(i), 16) < 0 || text.charAt(i) > 'f') {
                return false;
            }
        }
        return true;
    }

    private String base64ToHex(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '=') {
            end--;
        }
        if (end != (bytes * 8 + 5) / 6 || text.length() - end > 2) {
            return text;
        }
        char[] hex = new char[hexLength()];
        int bits = 0;
        int held = 0;
        int at = 0;
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            int value = c < 128 ? BASE64[c] : -1;
            if (value < 0) {
                return text;
            }
            bits = bits << 6 | value;
            held += 6;
            while (held >= 4 && at < hex.length) {
                held -= 4;
                hex[at++] = HEX[bits >> held & 15];
            }
        }
        return new String(hex);
    }

    private static byte[] base64Values() {
        byte[] values = new byte[128];
        java.util.Arrays.fill(values, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < 64; i++) {
            values[alphabet.charAt(i)] = (byte) i;
        }
        values['-'] = 62;
        values['_'] = 63;
        return values;
    }
}
