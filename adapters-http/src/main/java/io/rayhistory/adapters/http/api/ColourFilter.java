package io.rayhistory.adapters.http.api;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Leaves out terminal colour codes: ESC, {@code [}, one or more of {@code 0-9;()}, {@code m} (Ray: {@code
 * python/ray/dashboard/modules/state/state_head.py}). Other escape codes stay. Unlike Ray, which looks at blocks one by
 * one, a code that is cut by the border of two writes is found, too: what may become a code is held back, at most {@value
 * #LONGEST} bytes, more than any terminal sends. For one thread; {@link #finish} ends it.
 */
final class ColourFilter extends OutputStream {
    static final int LONGEST = 256;
    private static final byte ESCAPE = 27;

    private final OutputStream target;
    private final byte[] held = new byte[LONGEST];
    private int length;

    ColourFilter(OutputStream target) {
        this.target = target;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        int end = offset + count;
        int from = offset; // where text begins that is not yet written
        for (int i = offset; i < end; i++) {
            byte b = bytes[i];
            if (length == 0) {
                if (b == ESCAPE) {
                    target.write(bytes, from, i - from);
                    held[length++] = b;
                }
            } else if (b == 'm' && length > 2) {
                length = 0;
                from = i + 1;
            } else if (continues(b) && length < LONGEST) {
                held[length++] = b;
            } else {
                finish();
                from = i;
                if (b == ESCAPE) {
                    held[length++] = b;
                }
            }
        }
        if (length == 0) {
            target.write(bytes, from, end - from);
        }
    }

    /** The input is over: what was held back is no code. */
    void finish() throws IOException {
        target.write(held, 0, length);
        length = 0;
    }

    private boolean continues(byte b) {
        if (length == 1) {
            return b == '[';
        }
        return b >= '0' && b <= '9' || b == ';' || b == '(' || b == ')';
    }
}
