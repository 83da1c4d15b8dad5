package io.rayhistory.adapters.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Puts in place what a text's escapes mean. Reuses its buffer; not thread-safe. */
final class Escapes {
    private static final byte[] REPLACEMENT = "\ufffd".getBytes(StandardCharsets.UTF_8);
    private static final String ESCAPED = "\"\\/bfnrt";
    private static final String MEANT = "\"\\/\b\f\n\r\t";
    /** Larger ones are not kept: one huge text should not cost memory for ever. */
    private static final int KEPT = 1 << 16;

    private byte[] buffer = new byte[1 << 10];
    private int length;

    /** The bytes that {@link #resolve} made, as many as it said. */
    byte[] bytes() {
        return buffer;
    }

    /** Resolves the inside of a JSON text; answers the length of the result, -1 if a backslash starts no escape. */
    int resolve(byte[] bytes, int from, int to) {
        if (to - from > buffer.length || buffer.length > KEPT) {
            // What an escape means is never longer than the escape.
            buffer = new byte[Math.max(to - from, 1 << 10)];
        }
        length = 0;
        for (int i = from; i < to; i++) {
            if (bytes[i] != '\\') {
                buffer[length++] = bytes[i];
                continue;
            }
            if (++i == to) {
                return -1;
            }
            if (bytes[i] != 'u') {
                int which = ESCAPED.indexOf(bytes[i]);
                if (which < 0) {
                    return -1;
                }
                buffer[length++] = (byte) MEANT.charAt(which);
                continue;
            }
            int unit = unit(bytes, i + 1, to);
            if (unit < 0) {
                return -1;
            }
            i += 4;
            boolean pair = Character.isHighSurrogate((char) unit) && i + 2 < to && bytes[i + 1] == '\\' && bytes[i + 2] == 'u';
            int second = pair ? unit(bytes, i + 3, to) : -1;
            if (second >= 0 && Character.isLowSurrogate((char) second)) {
                put(Character.toChars(Character.toCodePoint((char) unit, (char) second)));
                i += 6;
            } else {
                put((char) unit);
            }
        }
        return length;
    }

    /** The four digits of a {@code u} escape, -1 if they are none. */
    private static int unit(byte[] bytes, int at, int to) {
        int unit = 0;
        for (int i = at; i < at + 4; i++) {
            int digit = i < to ? Character.digit((char) bytes[i], 16) : -1;
            if (digit < 0) {
                return -1;
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }

    private void put(char... text) {
        byte[] utf8 = text.length == 1 && Character.isSurrogate(text[0]) ? REPLACEMENT
                : new String(text).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(utf8, 0, buffer, length, utf8.length);
        length += utf8.length;
    }
}
