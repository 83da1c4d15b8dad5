package io.rayhistory.application.collect;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPOutputStream;

/** A stream's bytes as one complete gzip member, compressed while they are read. Not thread-safe. */
final class GzipStream extends MadeStream {
    private static final int CHUNK = 32 << 10;

    private final InputStream plain;
    private final GZIPOutputStream gzip;
    private final byte[] chunk = new byte[CHUNK];

    GzipStream(InputStream plain) throws IOException {
        this.plain = plain;
        this.gzip = new GZIPOutputStream(pending, 8 << 10);
    }

    @Override
    boolean make() throws IOException {
        int count = plain.read(chunk);
        if (count < 0) {
            gzip.finish();
            return false;
        }
        gzip.write(chunk, 0, count);
        return true;
    }

    /** Frees the compressor's memory, which the garbage collector does not see. */
    @Override
    public void close() throws IOException {
        gzip.close();
        plain.close();
    }
}
