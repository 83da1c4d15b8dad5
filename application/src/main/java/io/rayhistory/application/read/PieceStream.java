package io.rayhistory.application.read;

import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A range of an object that goes on behind its end, as far as somebody reads: a line seldom ends where a range does. Holds
 * {@value #MORE} bytes at most. Not thread-safe.
 */
final class PieceStream extends InputStream {
    /** How much is asked for when a line is longer than what was. */
    private static final int MORE = 1 << 20;

    private final ObjectStore store;
    private final ObjectInfo object;
    private InputStream lent;
    private long at;

    /** @param at where in the object the stream begins */
    PieceStream(ObjectStore store, ObjectInfo object, InputStream lent, long at) {
        this.store = store;
        this.object = object;
        this.lent = lent;
        this.at = at;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = lent.read(target, offset, length);
        if (read < 0 && at < object.length()) {
            lent = new ByteArrayInputStream(store.read(object.name(), at, MORE, "",
                    (stream, now) -> stream.readAllBytes()).orElseThrow(() -> EventFiles.gone(object)));
            read = lent.read(target, offset, length);
        }
        at += Math.max(read, 0);
        return read;
    }
}
