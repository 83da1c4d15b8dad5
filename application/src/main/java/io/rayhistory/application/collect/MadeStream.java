package io.rayhistory.application.collect;

import java.io.IOException;
import java.io.InputStream;

/** Bytes that are made while they are read. Not thread-safe. */
abstract class MadeStream extends InputStream {
    /** Made, and not read yet. */
    final PendingBytes pending = new PendingBytes();
    private boolean finished;

    /** Makes some more, maybe none yet. @return false if these are the last */
    abstract boolean make() throws IOException;

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
    }

    @Override
    public final int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (pending.isEmpty()) {
            if (finished) {
                return -1;
            }
            finished = !make();
        }
        return pending.take(buffer, offset, length);
    }
}
