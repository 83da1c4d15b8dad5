package io.rayhistory.adapters.json;

import java.io.IOException;
import java.io.InputStream;

/** A posted body, a piece at a time. Not thread-safe. */
final class BodySource {
    static final int PIECE = 1 << 15;

    /** The piece; the bytes from {@code at} (inclusive) to {@code end} are not yet read. */
    final byte[] bytes = new byte[PIECE];
    int at;
    int end;

    private final InputStream in;

    BodySource(InputStream in) {
        this.in = in;
    }

    /** Takes the next piece; to be called when the last one is used up. False at the end of the body. */
    boolean fill() throws IOException {
        int read;
        do {
            read = in.read(bytes, 0, PIECE);
        } while (read == 0);
        at = 0;
        end = Math.max(0, read);
        return read > 0;
    }

    /** Goes to the next byte that is no blank and answers it; -1 at the end of the body. */
    int peek() throws IOException {
        while (at < end || fill()) {
            byte b = bytes[at];
            if (!RecordReader.isBlank(b)) {
                return b & 255;
            }
            at++;
        }
        return -1;
    }

    /** Leaves out a byte order mark in front of everything. */
    void skipMark() throws IOException {
        if (peek() == 0xef && end - at >= 3 && bytes[at + 1] == (byte) 0xbb && bytes[at + 2] == (byte) 0xbf) {
            at += 3;
        }
    }
}
