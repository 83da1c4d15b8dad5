package io.rayhistory.adapters.raydashboard;

import io.rayhistory.application.port.RayDashboard;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** An answer whose body is in memory if it is small, else in a file that has no name any more. */
final class SpooledAnswer implements RayDashboard.Answer {
    private final int status;
    private final long length;
    private final String sha256;
    private final byte[] small;
    private final FileChannel large;

    /** @param large {@code null} if the body is {@code small} */
    SpooledAnswer(int status, long length, String sha256, byte[] small, FileChannel large) {
        this.status = status;
        this.length = length;
        this.sha256 = sha256;
        this.small = small;
        this.large = large;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public String sha256() {
        return sha256;
    }

    @Override
    public InputStream open() {
        return large == null ? new ByteArrayInputStream(small) : new FileStream();
    }

    @Override
    public void close() {
        if (large != null) {
            try {
                large.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Reads at its own position, so that several may read one after the other. */
    private final class FileStream extends InputStream {
        private long position;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
        }

        @Override
        public int read(byte[] target, int offset, int count) throws IOException {
            if (count == 0) {
                return 0;
            }
            int read = large.read(ByteBuffer.wrap(target, offset, count), position);
            position += Math.max(read, 0);
            return read;
        }
    }
}
