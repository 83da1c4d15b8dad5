package io.rayhistory.adapters.http.json;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Supplier;

/** Holds the first bytes back until there are too many, then opens the real stream. For one thread. */
final class HeldStream extends OutputStream {
    private final Supplier<? extends OutputStream> target;
    private final byte[] held;
    private int length;
    private OutputStream open;

    HeldStream(Supplier<? extends OutputStream> target, int limit) {
        this.target = target;
        this.held = new byte[limit];
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        if (open == null && length + count <= held.length) {
            System.arraycopy(bytes, offset, held, length, count);
            length += count;
            return;
        }
        release();
        open.write(bytes, offset, count);
    }

    /** The answer is complete: everything held goes out. Without this call nothing short is ever sent. */
    void finish() throws IOException {
        release();
    }

    private void release() throws IOException {
        if (open == null) {
            open = target.get();
            open.write(held, 0, length);
        }
    }
}
