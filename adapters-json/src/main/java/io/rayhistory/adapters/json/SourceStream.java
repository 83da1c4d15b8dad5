package io.rayhistory.adapters.json;

import java.io.IOException;
import java.io.InputStream;

/**
 * A stream that can be looked into, that remembers its own failure, and whose {@link #available} is positive until
 * the end: {@code GZIPInputStream} stops after a member when it is 0, as it is on a slow network stream, and it swallows
 * a failure between two members.
 */
final class SourceStream extends InputStream {
    private static final int BUFFER = 1 << 16;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int from;
    private int to;
    private IOException failure;

    SourceStream(InputStream in) {
        this.in = in;
    }

    /** True if the next bytes are these; reads ahead, consumes nothing. */
    boolean startsWith(int... expected) throws IOException {
        while (to - from < expected.length && fill()) {
            // until enough is there, or the end
        }
        if (to - from < expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if ((buffer[from + i] & 255) != expected[i]) {
                return false;
            }
        }
        return true;
    }

    /** Throws what the stream itself once threw, whoever swallowed it since. */
    void rethrowFailure() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }

    private boolean fill() throws IOException {
        if (from > 0) {
            System.arraycopy(buffer, from, buffer, 0, to - from);
            to -= from;
            from = 0;
        }
        int read;
        try {
            read = in.read(buffer, to, buffer.length - to);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
        to += Math.max(read, 0);
        return read > 0;
    }

    @Override
    public int read() throws IOException {
        return from < to || fill() ? buffer[from++] & 255 : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (from == to && !fill()) {
            return -1;
        }
        int count = Math.min(length, to - from);
        System.arraycopy(buffer, from, target, offset, count);
        from += count;
        return count;
    }

    @Override
    public int available() throws IOException {
        return from < to || fill() ? to - from : 0;
    }
}
