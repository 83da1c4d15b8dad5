package io.rayhistory.adapters.http.intake;

import io.rayhistory.domain.HistoryException;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/** How a body may be packed. */
final class Encodings {
    private static final int BUFFER = 16 << 10;

    private Encodings() {
    }

    /** The form of a {@code Content-Encoding} that is looked for below: one name, lower case, {@code ""} for none. */
    static String normal(String header) {
        String name = header == null ? "" : header.strip().toLowerCase(Locale.ROOT);
        return name.equals("identity") ? "" : name.equals("x-gzip") ? "gzip" : name;
    }

    static boolean isKnown(String encoding) {
        return encoding.isEmpty() || encoding.equals("gzip") || encoding.equals("deflate");
    }

    /**
     * The plain body; to be closed. Reading a packed one that is damaged, cut off, or followed by something else throws
     * INVALID: half of a body must not pass for all of it.
     */
    static InputStream plain(String encoding, InputStream body) throws IOException {
        return switch (encoding) {
            case "" -> body;
            case "gzip" -> new Unpacked(() -> new GZIPInputStream(new Announcing(body), BUFFER));
            case "deflate" -> new Unpacked(() -> inflated(new PushbackInputStream(body, 2)));
            default -> throw HistoryException.invalid("Content-Encoding '" + encoding + "' is not known; expected gzip or deflate");
        };
    }

    /** The name means zlib's format, but some clients send bare deflate; zlib's first two bytes are a multiple of 31. */
    private static InputStream inflated(PushbackInputStream body) throws IOException {
        byte[] start = body.readNBytes(2);
        body.unread(start);
        boolean zlib = start.length == 2 && (start[0] & 15) == 8 && ((start[0] & 255) << 8 | start[1] & 255) % 31 == 0;
        return new Inflated(body, new Inflater(!zlib));
    }

    private interface Opening {
        InputStream open() throws IOException;
    }

    /** Opens when it is first read, so that a damaged header is told in the same way as what is behind it. */
    private static final class Unpacked extends InputStream {
        private final Opening opening;
        private InputStream plain;

        Unpacked(Opening opening) {
            this.opening = opening;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            try {
                if (plain == null) {
                    plain = opening.open();
                }
                return plain.read(target, offset, length);
            } catch (EOFException | ZipException e) {
                throw new HistoryException(HistoryException.Kind.INVALID, "the packed body is damaged or ends early", e);
            }
        }

        @Override
        public void close() throws IOException {
            if (plain != null) {
                plain.close();
            }
        }
    }

    /** Java's gzip asks {@code available()} for another member behind the first; a socket often does not know yet. */
    private static final class Announcing extends PushbackInputStream {
        Announcing(InputStream in) {
            super(in, 1);
        }

        @Override
        public int available() throws IOException {
            int next = read();
            if (next >= 0) {
                unread(next);
            }
            return next < 0 ? 0 : 1;
        }
    }

    private static final class Inflated extends InflaterInputStream {
        Inflated(InputStream in, Inflater inflater) {
            super(in, inflater, BUFFER);
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = super.read(target, offset, length);
            if (read < 0 && (inf.getRemaining() > 0 || in.read() >= 0)) {
                throw new ZipException("something follows the packed bytes");
            }
            return read;
        }

        @Override
        public void close() throws IOException {
            inf.end();
            super.close();
        }
    }
}
