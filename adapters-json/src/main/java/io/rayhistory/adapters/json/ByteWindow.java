package io.rayhistory.adapters.json;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The part of a stream that is being looked at. Grows up to a limit; not thread-safe. */
final class ByteWindow {
    private static final int FIRST_SIZE = 1 << 17;

    /** What {@link #more()} came to. */
    enum More { READ, FULL, ENDED }

    private final InputStream in;
    private final int limit;
    /** The bytes from {@code from} (inclusive) to {@code to} are held. */
    byte[] bytes;
    int from;
    int to;
    /** Bytes of the stream in front of those in the array. */
    private long passed;

    ByteWindow(InputStream in, int limit) {
        this.in = in;
        this.limit = limit;
        this.bytes = new byte[Math.min(FIRST_SIZE, limit)];
    }

    /** Where in the stream {@code from} is. */
    long position() {
        return passed + from;
    }

    int held() {
        return to - from;
    }

    void drop() {
        from = to;
    }

    /** Reads more behind what is held, moving it to the front first: positions count from {@code from}. */
    More more() throws IOException {
        if (from > 0) {
            System.arraycopy(bytes, from, bytes, 0, held());
            passed += from;
            to -= from;
            from = 0;
        }
        if (to == bytes.length) {
            if (to >= limit) {
                return More.FULL;
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(limit, 2L * bytes.length));
        }
        int read = in.read(bytes, to, bytes.length - to);
        if (read < 0) {
            return More.ENDED;
        }
        to += read;
        return More.READ;
    }
}
