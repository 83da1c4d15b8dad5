package io.rayhistory.application.collect;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPOutputStream;

/** A stream's bytes as one complete gzip member, compressed while they are read. Not thread-safe. */
final class GzipStream extends InputStream {
    private static final int CHUNK = 32 << 10;

    private final InputStream plain;
    private final PendingBytes packed = new PendingBytes();
    private final GZIPOutputStream gzip;
    private final byte[] chunk = new byte[CHUNK];
    private boolean finished;

    GzipStream(InputStream plain) throws IOException {
        this.plain = plain;
        this.gzip = new GZIPOutputStream(packed, 8 << 10);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (packed.isEmpty()) {
            if (finished) {
                return -1;
            }
            int count = plain.read(chunk);
            if (count < 0) {
                gzip.finish();
                finished = true;
            } else {
                gzip.write(chunk, 0, count);
            }
        }
        return packed.take(buffer, offset, length);
    }

    /** Frees the compressor's memory, which the garbage collector does not see. */
    @Override
    public void close() throws IOException {
        gzip.close();
        plain.close();
    }
}
