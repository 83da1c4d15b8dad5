package io.rayhistory.domain.layout;

/** UTF-8 without {@code java.nio.charset}, which the domain may not use. */
final class Utf8 {
    private static final int[] LEAD = {0, 0xc0, 0xe0, 0xf0};

    private Utf8() {
    }

    static byte[] encode(String text) {
        byte[] bytes = new byte[ObjectName.utf8Length(text)];
        int at = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (c < 0x80) {
                bytes[at++] = (byte) c;
            } else {
                int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
                bytes[at++] = (byte) (LEAD[more] | c >> 6 * more);
                for (int shift = 6 * (more - 1); shift >= 0; shift -= 6) {
                    bytes[at++] = (byte) (0x80 | c >> shift & 0x3f);
                }
            }
        }
        return bytes;
    }
}
