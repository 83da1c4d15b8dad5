package io.rayhistory.adapters.azureblob;

import com.azure.storage.blob.models.BlobStorageException;
import io.rayhistory.domain.HistoryException;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of one version of a blob. When the connection breaks it goes on from its last byte, a few times
 * as long as the budget lasts; what the reader does between reads costs nothing. For one thread; holds no buffer.
 */
final class ResumingStream extends InputStream {
    private final AzureClient client;
    private final BlobRead first;
    private final long end;
    private long at;
    private volatile InputStream body;
    /** When the read that now waits began; 0 while none does. Read by the watch. */
    private volatile long waitingSince;
    private int resumes;
    private long waitedNanos;
    private boolean closed;

    ResumingStream(AzureClient client, BlobRead read) {
        this.client = client;
        this.first = read;
        this.at = read.from();
        this.end = read.from() + read.count();
        this.body = read.body();
        client.idle().add(this);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        java.util.Objects.checkFromIndexSize(from, length, target.length);
        if (closed) {
            throw new IOException("stream is closed");
        }
        if (length == 0) {
            return 0;
        }
        while (at < end) {
            long since = System.nanoTime() | 1;
            try {
                waitingSince = since;
                int count = body.read(target, from, (int) Math.min(length, end - at));
                waitingSince = 0;
                if (count > 0) {
                    waitedNanos += System.nanoTime() - since;
                    at += count;
                    return count;
                }
                throw new EOFException("the connection ended after " + at + " of " + end + " bytes");
            } catch (IOException broken) {
                waitingSince = 0;
                waitedNanos += System.nanoTime() - since;
                if (Thread.currentThread().isInterrupted()) {
                    throw broken;
                }
                resume(broken);
            }
        }
        return -1;
    }

    /** Called by the watch's thread; the waiting read then fails, and goes on with another connection. */
    void breakOffIfIdle(long limitNanos) {
        long since = waitingSince;
        if (since != 0 && System.nanoTime() - since > limitNanos) {
            try {
                body.close();
            } catch (IOException e) {
                // It is broken off all the same.
                waitingSince = 0;
            }
        }
    }

    private void resume(IOException broken) throws IOException {
        closeBody();
        String name = first.object().name();
        if (++resumes > TimeBudgets.RESUMES || waitedNanos > client.times().download().toNanos()) {
            throw client.calls().failed("read", name, new java.io.UncheckedIOException(broken));
        }
        long since = System.nanoTime();
        try {
            BlobRead next = client.calls().send("read", name,
                    () -> BlobRead.open(client, name, at, end - at, first.object().etag())).orElseThrow(() -> deleted(name));
            body = next.body();
        } catch (BlobStorageException e) {
            throw e.getStatusCode() == 404 ? deleted(name)
                    : e.getStatusCode() == 412 ? AzureBlobObjectStore.changed(name) : client.calls().failed("read", name, e);
        } finally {
            waitedNanos += System.nanoTime() - since;
        }
    }

    private static HistoryException deleted(String name) {
        return HistoryException.unavailable("Azure: '" + name + "' was deleted while it was read", null);
    }

    private void closeBody() throws IOException {
        body.close();
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            client.idle().remove(this);
            closeBody();
        }
    }
}
