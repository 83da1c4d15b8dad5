package io.rayhistory.adapters.json;

import io.rayhistory.application.port.EventCodec.Damage;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A stored object without its gzip (the magic bytes decide, names lie) and without its byte order mark. Damaged gzip is
 * the end of the stream, and {@link #damage()} then tells which; only the underlying stream's own failures are thrown.
 * Closing it is the caller's business, as the object was lent.
 */
final class PlainStream extends InputStream {
    private static final int INFLATE_BUFFER = 1 << 16;

    private final SourceStream source;
    private final InputStream plain;
    private Damage damage;

    PlainStream(InputStream object) throws IOException {
        source = new SourceStream(object);
        SourceStream content = source;
        if (source.startsWith(0x1f, 0x8b)) {
            content = new SourceStream(new Inflated());
        }
        if (content.startsWith(0xef, 0xbb, 0xbf)) {
            content.skipNBytes(3);
        }
        plain = content;
    }

    /** {@code TRUNCATED} or {@code MALFORMED} when the gzip stream ended early, else {@code null}. */
    Damage damage() {
        return damage;
    }

    @Override
    public int read() throws IOException {
        return plain.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        return plain.read(target, offset, length);
    }

    /** The inflated bytes up to the first damage. The gzip header is only read with the first byte. */
    private final class Inflated extends InputStream {
        private GZIPInputStream gzip;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (damage != null) {
                return -1;
            }
            try {
                if (gzip == null) {
                    gzip = new GZIPInputStream(source, INFLATE_BUFFER);
                }
                int read = gzip.read(target, offset, length);
                if (read < 0) {
                    source.rethrowFailure();
                }
                return read;
            } catch (EOFException | ZipException e) {
                source.rethrowFailure();
                damage = e instanceof EOFException ? Damage.TRUNCATED : Damage.MALFORMED;
                return -1;
            }
        }
    }
}
