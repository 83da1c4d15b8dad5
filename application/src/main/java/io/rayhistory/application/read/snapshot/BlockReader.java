package io.rayhistory.application.read.snapshot;

import io.rayhistory.domain.HistoryException;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Gives back the bytes of a {@link BlockWriter}. Blocks are checked and inflated on the threads it is given, some ahead
 * of their use; what no thread has begun when it is needed, the reading thread does itself. Not thread-safe.
 *
 * <p>Trusts nothing: holds {@value #AHEAD} blocks of 256 KiB whatever the object claims, and gives up once more bytes
 * came out than it may hold in all.
 */
final class BlockReader {
    private static final int AHEAD = 6;

    private final InputStream in;
    private final Executor threads;
    private final long limit;
    private final Queue<FutureTask<byte[]>> ahead = new ArrayDeque<>();
    private byte[] block = new byte[0];
    private int at;
    private int blocks;
    private long claimed;
    private boolean ended;

    /** @param limit raw bytes at most */
    BlockReader(InputStream in, Executor threads, long limit) {
        this.in = in;
        this.threads = threads;
        this.limit = limit;
        byte[] magic = exactly(SnapshotFormat.MAGIC.length);
        byte[] version = exactly(2);
        if (!Arrays.equals(magic, SnapshotFormat.MAGIC)) {
            throw SnapshotFormat.damaged("it does not begin like a snapshot");
        }
        int found = (version[0] & 255) << 8 | version[1] & 255;
        if (found != SnapshotFormat.VERSION) {
            throw SnapshotFormat.damaged("it has version " + found + ", not " + SnapshotFormat.VERSION);
        }
    }

    int u8() {
        if (at == block.length) {
            next();
        }
        return block[at++] & 255;
    }

    long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int b = u8();
            value |= (b & 0x7fL) << shift;
            if (b < 0x80) {
                return value;
            }
        }
        throw SnapshotFormat.damaged("a number is too long");
    }

    void read(byte[] into, int from, int length) {
        for (int done = 0; done < length; ) {
            if (at == block.length) {
                next();
            }
            int part = Math.min(length - done, block.length - at);
            System.arraycopy(block, at, into, from + done, part);
            at += part;
            done += part;
        }
    }

    /** Makes sure that every byte was used, the end is there, and nothing follows it. */
    void requireEnd() {
        fill();
        if (at < block.length || !ahead.isEmpty() || upTo(1).length > 0) {
            throw SnapshotFormat.damaged("it has more than it should");
        }
    }

    private void next() {
        fill();
        FutureTask<byte[]> task = ahead.poll();
        if (task == null) {
            throw SnapshotFormat.damaged("it has less than it should");
        }
        task.run();
        try {
            block = task.get();
            at = 0;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof HistoryException known) {
                throw known;
            }
            throw new IllegalStateException("Inflating a block failed", e.getCause());
        } catch (InterruptedException | CancellationException e) {
            Thread.currentThread().interrupt();
            throw HistoryException.unavailable("Reading a snapshot was interrupted.", e);
        }
    }

    private void fill() {
        while (!ended && ahead.size() < AHEAD) {
            readBlock();
        }
    }

    private void readBlock() {
        byte[] head = exactly(12);
        int rawLength = SnapshotFormat.getInt(head, 0);
        int length = SnapshotFormat.getInt(head, 4);
        int checksum = SnapshotFormat.getInt(head, 8);
        if (rawLength < 0 || rawLength > SnapshotFormat.BLOCK || length < 0 || length > rawLength) {
            throw SnapshotFormat.damaged("block " + blocks + " has impossible lengths");
        }
        byte[] stored = exactly(length);
        int number = blocks++;
        if (rawLength == 0) {
            requireChecksum(number, 0, stored, checksum);
            ended = true;
            return;
        }
        claimed += rawLength;
        if (claimed > limit) {
            throw SnapshotFormat.tooLarge(limit);
        }
        FutureTask<byte[]> task = new FutureTask<>(() -> {
            requireChecksum(number, rawLength, stored, checksum);
            return length == rawLength ? stored : inflate(number, stored, rawLength);
        });
        ahead.add(task);
        threads.execute(task);
    }

    private byte[] exactly(int length) {
        byte[] bytes = upTo(length);
        if (bytes.length < length) {
            throw SnapshotFormat.damaged("it ends early");
        }
        return bytes;
    }

    private byte[] upTo(int length) {
        try {
            return in.readNBytes(length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void requireChecksum(int number, int rawLength, byte[] stored, int checksum) {
        if (SnapshotFormat.checksum(number, rawLength, stored, stored.length) != checksum) {
            throw SnapshotFormat.damaged("block " + number + " has another checksum");
        }
    }

    private static byte[] inflate(int number, byte[] stored, int rawLength) {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(stored);
            byte[] raw = new byte[rawLength];
            if (inflater.inflate(raw) == rawLength) {
                return raw;
            }
        } catch (DataFormatException e) {
            throw new HistoryException(HistoryException.Kind.CORRUPT, "block " + number + " cannot be inflated", e);
        } finally {
            inflater.end();
        }
        throw SnapshotFormat.damaged("block " + number + " is shorter than it says");
    }
}
