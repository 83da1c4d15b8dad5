package io.rayhistory.application.read.snapshot;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;

/** Cuts bytes into compressed, checked blocks. Holds two blocks. Not thread-safe. */
final class BlockWriter implements AutoCloseable {
    private final OutputStream out;
    private final Deflater deflater;
    private final byte[] raw = new byte[SnapshotFormat.BLOCK];
    private final byte[] packed = new byte[SnapshotFormat.BLOCK];
    private int used;
    private int blocks;

    BlockWriter(OutputStream out, int level) {
        this.out = out;
        deflater = new Deflater(level, true);
        send(SnapshotFormat.MAGIC, SnapshotFormat.MAGIC.length);
        send(new byte[] {(byte) (SnapshotFormat.VERSION >>> 8), (byte) SnapshotFormat.VERSION}, 2);
    }

    void u8(int value) {
        if (used == raw.length) {
            flush();
        }
        raw[used++] = (byte) value;
    }

    void varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            u8((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        u8((int) rest);
    }

    void write(byte[] bytes, int length) {
        for (int at = 0; at < length; ) {
            if (used == raw.length) {
                flush();
            }
            int part = Math.min(length - at, raw.length - used);
            System.arraycopy(bytes, at, raw, used, part);
            used += part;
            at += part;
        }
    }

    private void flush() {
        deflater.reset();
        deflater.setInput(raw, 0, used);
        deflater.finish();
        int length = deflater.deflate(packed, 0, used);
        boolean shorter = deflater.finished() && length < used;
        block(shorter ? packed : raw, shorter ? length : used);
        used = 0;
    }

    private void block(byte[] stored, int length) {
        byte[] head = new byte[12];
        SnapshotFormat.putInt(head, 0, used);
        SnapshotFormat.putInt(head, 4, length);
        SnapshotFormat.putInt(head, 8, SnapshotFormat.checksum(blocks++, used, stored, length));
        send(head, head.length);
        send(stored, length);
    }

    private void send(byte[] bytes, int length) {
        try {
            out.write(bytes, 0, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes what is left and the end. */
    void finish() {
        if (used > 0) {
            flush();
        }
        block(raw, 0);
    }

    @Override
    public void close() {
        deflater.end();
    }
}
