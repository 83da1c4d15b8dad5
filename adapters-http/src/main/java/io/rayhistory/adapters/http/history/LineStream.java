package io.rayhistory.adapters.http.history;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads lines with their place, keeping no more of one than a limit: a line may be as long as the file. For one thread.
 */
final class LineStream {
    private static final int BLOCK = 64 * 1024;

    private final InputStream in;
    private final byte[] block = new byte[BLOCK];
    private final byte[] kept;
    private int at;
    private int filled;
    private long position;
    private long lineStart;
    private long lineLength;
    private int keptLength;

    /**
     * @param position where the stream begins in its file
     * @param keep     bytes kept of a line
     */
    LineStream(InputStream in, long position, int keep) {
        this.in = in;
        this.position = position;
        this.kept = new byte[keep];
    }

    /** Reads the next line; false at the end. A last line without newline is one, too. */
    boolean next() throws IOException {
        lineStart = position;
        lineLength = 0;
        keptLength = 0;
        while (true) {
            if (at == filled) {
                filled = Math.max(0, in.read(block));
                at = 0;
                if (filled == 0) {
                    return lineLength > 0;
                }
            }
            int end = at;
            while (end < filled && block[end] != '\n') {
                end++;
            }
            boolean whole = end < filled;
            int keep = Math.min(end - at, kept.length - keptLength);
            System.arraycopy(block, at, kept, keptLength, keep);
            keptLength += keep;
            int taken = end - at + (whole ? 1 : 0);
            lineLength += taken;
            position += taken;
            at += taken;
            if (whole) {
                return true;
            }
        }
    }

    /** Offset of its first byte in the file. */
    long start() {
        return lineStart;
    }

    /** Bytes, the newline included. */
    long length() {
        return lineLength;
    }

    /** What was kept of it, as text, without its end. */
    String text() {
        int length = keptLength > 0 && kept[keptLength - 1] == '\r' ? keptLength - 1 : keptLength;
        return new String(kept, 0, length, StandardCharsets.UTF_8);
    }

    /** What was kept of it. */
    byte[] bytes() {
        return Arrays.copyOf(kept, keptLength);
    }
}
