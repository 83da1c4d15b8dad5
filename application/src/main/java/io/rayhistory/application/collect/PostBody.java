package io.rayhistory.application.collect;

import io.rayhistory.domain.HistoryException;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A post's body, up to its limit: what comes behind is refused as TOO_LARGE. */
final class PostBody extends FilterInputStream {
    private final long limit;
    private long read;

    PostBody(InputStream body, long limit, long announced) {
        super(body);
        this.limit = limit;
        require(announced);
    }

    private void require(long bytes) {
        if (bytes > limit) {
            throw new HistoryException(HistoryException.Kind.TOO_LARGE, "the body is larger than " + limit
                    + " bytes; expected smaller batches of events");
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = in.read(target, offset, length);
        read += Math.max(0, count);
        require(read);
        return count;
    }
}
