package io.rayhistory.application.read.snapshot;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What somebody writes, as a stream that a store can read, without holding all of it: the writer runs on a thread of its
 * own and waits when it is {@value #AHEAD} pieces ahead. A writer that fails makes reading fail, so that no part is
 * stored for the whole. Closing ends the writer.
 */
public final class WrittenStream extends InputStream {
    private static final int AHEAD = 4;
    private static final byte[] END = new byte[0];

    private final BlockingQueue<byte[]> pieces = new ArrayBlockingQueue<>(AHEAD);
    private final Thread thread;
    private volatile Throwable failure;
    private volatile boolean closed;
    private byte[] piece = new byte[0];
    private int at;

    /** @param writer writes everything and returns; its stream throws once nobody reads any more */
    public WrittenStream(String threadName, Consumer<OutputStream> writer) {
        thread = new Thread(() -> run(writer), threadName);
        thread.setDaemon(true);
        thread.start();
    }

    private void run(Consumer<OutputStream> writer) {
        try {
            writer.accept(new Pieces());
        } catch (RuntimeException | OutOfMemoryError e) {
            failure = e;
        }
        try {
            offer(END);
        } catch (IOException nobodyReads) {
            failure = nobodyReads;
        }
    }

    private final class Pieces extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            offer(new byte[] {(byte) b});
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            if (length > 0) {
                offer(Arrays.copyOfRange(bytes, from, from + length));
            }
        }
    }

    private void offer(byte[] next) throws IOException {
        try {
            while (!pieces.offer(next, 100, TimeUnit.MILLISECONDS)) {
                if (closed) {
                    throw new IOException("nobody reads any more");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while writing");
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (at == piece.length && piece != END) {
            take();
        }
        if (piece == END) {
            if (failure != null) {
                throw new IOException("what was to be stored could not be written", failure);
            }
            return -1;
        }
        int part = Math.min(length, piece.length - at);
        System.arraycopy(piece, at, into, from, part);
        at += part;
        return part;
    }

    private void take() throws IOException {
        try {
            piece = pieces.take();
            at = 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading");
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
