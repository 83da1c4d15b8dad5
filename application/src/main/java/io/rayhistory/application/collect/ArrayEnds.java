package io.rayhistory.application.collect;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Finds, while it is read to its end, where the members of a JSON array end. Not thread-safe. */
final class ArrayEnds extends FilterInputStream {
    private static final int NOTHING = -1;

    private long at;
    private int first = NOTHING;
    private long behindFirst;
    private int last = NOTHING;
    /** The last but one byte that is no blank, and where what follows it begins. */
    private int before = NOTHING;
    private long behindBefore;
    private long behindLast;
    private boolean spoilt;

    ArrayEnds(InputStream array) {
        super(array);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? NOTHING : one[0] & 255;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = in.read(buffer, offset, length);
        for (int i = offset; i < offset + count; i++) {
            at++;
            byte now = buffer[i];
            if (now != ' ' && now != '\n' && now != '\r' && now != '\t') {
                if (first == NOTHING) {
                    first = now;
                    behindFirst = at;
                }
                before = last;
                behindBefore = behindLast;
                last = now;
                behindLast = at;
            }
        }
        return count;
    }

    /** It turned out to be no JSON. */
    void spoil() {
        spoilt = true;
    }

    boolean isArray() {
        return !spoilt && first == '[' && last == ']' && before != NOTHING;
    }

    boolean hasMembers() {
        return behindBefore > behindFirst;
    }

    /** An offset in the stream. */
    long behindMembers() {
        return behindBefore;
    }
}
