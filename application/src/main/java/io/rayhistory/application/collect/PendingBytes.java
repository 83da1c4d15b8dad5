package io.rayhistory.application.collect;

import java.io.ByteArrayOutputStream;

/** Bytes that were written and not yet taken. Not thread-safe. */
final class PendingBytes extends ByteArrayOutputStream {
    private int taken;

    boolean isEmpty() {
        return taken == count;
    }

    int take(byte[] into, int offset, int length) {
        int taking = Math.min(length, count - taken);
        System.arraycopy(buf, taken, into, offset, taking);
        taken += taking;
        if (taken == count) {
            reset();
            taken = 0;
        }
        return taking;
    }
}
