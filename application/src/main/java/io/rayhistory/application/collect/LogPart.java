package io.rayhistory.application.collect;

import io.rayhistory.application.port.RayFolder.OpenLog;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The bytes {@code [from, to)} of a file as a stream that remembers the edges of what went through. A file that ends
 * before {@code to} was cut meanwhile: then the stream fails, so that the store takes nothing. For one thread.
 */
final class LogPart extends InputStream {
    private final OpenLog file;
    private final long from;
    private final long to;
    private final byte[] last;
    private final Fingerprint before;
    private long at;
    private byte[] first = new byte[0];

    /** @param before of {@code [0, from)}, which must be empty or at least as long as an edge */
    LogPart(OpenLog file, Fingerprint before, long to) throws IOException {
        this.file = file;
        this.before = before;
        this.from = before.length();
        this.to = to;
        this.at = from;
        this.last = from == 0 ? new byte[Fingerprint.EDGE] : Fingerprint.read(file, from - Fingerprint.EDGE, Fingerprint.EDGE);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (at == to) {
            return -1;
        }
        int read = file.read(at, buffer, offset, (int) Math.min(length, to - at));
        if (read <= 0) {
            throw new EOFException("the file ends at " + at + " by now");
        }
        remember(buffer, offset, read);
        at += read;
        return read;
    }

    private void remember(byte[] buffer, int offset, int length) {
        if (from == 0 && first.length < Fingerprint.EDGE) {
            int more = Math.min(Fingerprint.EDGE - first.length, length);
            byte[] longer = Arrays.copyOf(first, first.length + more);
            System.arraycopy(buffer, offset, longer, first.length, more);
            first = longer;
        }
        int taken = Math.min(length, last.length);
        System.arraycopy(last, taken, last, 0, last.length - taken);
        System.arraycopy(buffer, offset + length - taken, last, last.length - taken, taken);
    }

    /** Bytes of this part. */
    long sent() {
        return to - from;
    }

    /** Of {@code [0, to)}, once all went through. */
    Fingerprint fingerprint() {
        if (at != to) {
            throw new IllegalStateException("only " + (at - from) + " of " + (to - from) + " bytes went through");
        }
        return before.followedBy(to - from, first, last);
    }
}
