package io.rayhistory.domain.id;

import java.util.Locale;

/**
 * Ray's binary ids. Everywhere in this code base an id is a {@code String} in <em>normal form</em>: lower-case hex of
 * exactly {@link #hexLength()} characters; {@code ""} means absent. Text that is neither hex nor base64 of the right
 * length is kept as it came, so that foreign names (node {@code head-node-x}) still work as keys.
 */
public enum IdKind {
    JOB(4), ACTOR(16), PLACEMENT_GROUP(18), TASK(24), OBJECT(28), NODE(28), WORKER(28), EVENT(28);

    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
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

    /** The id in normal form if these bytes are one in base64, else {@code ""}: saves a text on the way from a file. */
    public String ofBase64(byte[] ascii, int from, int to) {
        int end = to;
        while (end > from && ascii[end - 1] == '=') {
            end--;
        }
        byte[] hex = to - end <= 2 && end - from == base64Length() ? base64ToHex(ascii, from, end) : null;
        return hex == null ? "" : text(hex);
    }

    /** Without padding. */
    private int base64Length() {
        return (bytes * 8 + 5) / 6;
    }

    /** Deprecated in general, because it takes bytes for characters; which hex digits are. Others copy twice. */
    @SuppressWarnings("deprecation")
    private static String text(byte[] hex) {
        return new String(hex, 0);
    }

    private String base64ToHex(String text) {
        byte[] ascii = new byte[text.length()];
        for (int i = 0; i < ascii.length; i++) {
            ascii[i] = (byte) Math.min(text.charAt(i), 255);
        }
        String id = ofBase64(ascii, 0, ascii.length);
        return id.isEmpty() ? text : id;
    }

    /** Four characters are three bytes; {@code null} if one of them is not of the alphabet. */
    private byte[] base64ToHex(byte[] text, int from, int end) {
        byte[] hex = new byte[hexLength()];
        int at = 0;
        int bad = 0;
        for (int i = from; i < end; i += 4) {
            int bits = 0;
            for (int j = i; j < i + 4; j++) {
                int value = j < end ? BASE64[text[j] & 255] : 0;
                bad |= value;
                bits = bits << 6 | value;
            }
            for (int shift = 20; shift >= 0 && at < hex.length; shift -= 4) {
                hex[at++] = HEX[bits >> shift & 15];
            }
        }
        return bad < 0 ? null : hex;
    }

    private static byte[] base64Values() {
        byte[] values = new byte[256];
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
