package io.rayhistory.application.read.snapshot;

import io.rayhistory.domain.history.ImageSource;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Reads what an {@link ImageEncoder} wrote. What is damaged, ends early or claims too much throws {@link
 * io.rayhistory.domain.HistoryException} of kind CORRUPT or TOO_LARGE; a stream that fails, {@link java.io.UncheckedIOException}.
 * Memory grows with the bytes that came, never with a length that was read. Not thread-safe.
 */
public final class ImageDecoder implements ImageSource {
    private final BlockReader in;
    private final long limit;
    private final List<String> known = new ArrayList<>();
    private long columnBytes;
    private final long[] slice = new long[SnapshotFormat.SLICE];
    private final byte[] planes = new byte[SnapshotFormat.SLICE * Long.BYTES];

    /**
     * @param threads inflate; may refuse nothing
     * @param limit   bytes at most, both as inflated and as columns in memory (equal numbers take next to nothing before)
     */
    public ImageDecoder(InputStream in, Executor threads, long limit) {
        this.limit = limit;
        this.in = new BlockReader(in, threads, limit);
    }

    @Override
    public long number() {
        long raw = in.varint();
        return raw >>> 1 ^ -(raw & 1);
    }

    @Override
    public String text() {
        long number = in.varint();
        if (number != 0) {
            if (number < 0 || number > known.size()) {
                throw SnapshotFormat.damaged("there is no text " + number);
            }
            return known.get((int) number - 1);
        }
        long head = in.varint();
        boolean wide = (head & 1) != 0;
        long length = head >>> 1;
        if (length > Integer.MAX_VALUE / 2) {
            throw SnapshotFormat.damaged("a text of " + length + " chars");
        }
        byte[] bytes = readBytes((int) length * (wide ? 2 : 1));
        String text = wide ? wideText(bytes) : new String(bytes, StandardCharsets.ISO_8859_1);
        if (length <= SnapshotFormat.LONGEST_NUMBERED) {
            known.add(text);
        }
        return text;
    }

    /** Not by a charset: that would replace half surrogate pairs. */
    private static String wideText(byte[] bytes) {
        char[] chars = new char[bytes.length / 2];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = (char) ((bytes[2 * i] & 255) << 8 | bytes[2 * i + 1] & 255);
        }
        return new String(chars);
    }

    @Override
    public byte[] bytes() {
        return readBytes(length());
    }

    private byte[] readBytes(int length) {
        byte[] bytes = new byte[Math.min(length, 4 * SnapshotFormat.BLOCK)];
        for (int at = 0; at < length; ) {
            if (at == bytes.length) {
                bytes = Arrays.copyOf(bytes, grown(at, length));
            }
            in.read(bytes, at, bytes.length - at);
            at = bytes.length;
        }
        return bytes;
    }

    @Override
    public long[] longs() {
        int length = length();
        long[] column = new long[Math.min(length, SnapshotFormat.SLICE)];
        long before = 0;
        for (int at = 0; at < length; at += SnapshotFormat.SLICE) {
            int count = Math.min(SnapshotFormat.SLICE, length - at);
            before = readSlice(count, before);
            if (at + count > column.length) {
                column = Arrays.copyOf(column, grown(at, length));
            }
            System.arraycopy(slice, 0, column, at, count);
        }
        return column;
    }

    @Override
    public int[] ints() {
        int length = length();
        int[] column = new int[Math.min(length, SnapshotFormat.SLICE)];
        long before = 0;
        for (int at = 0; at < length; at += SnapshotFormat.SLICE) {
            int count = Math.min(SnapshotFormat.SLICE, length - at);
            before = readSlice(count, before);
            if (at + count > column.length) {
                column = Arrays.copyOf(column, grown(at, length));
            }
            for (int i = 0; i < count; i++) {
                column[at + i] = (int) slice[i];
            }
        }
        return column;
    }

    /** Twice as many as are there, a slice at least; in the end exactly as many as wanted. */
    private static int grown(int there, int wanted) {
        return (int) Math.min(wanted, Math.max(2L * there, there + (long) SnapshotFormat.SLICE));
    }

    private int length() {
        long length = in.varint();
        if (length < 0 || length > Integer.MAX_VALUE - 8) {
            throw SnapshotFormat.damaged("a length of " + length);
        }
        return (int) length;
    }

    /** Puts values into {@link #slice} and answers the last one. */
    private long readSlice(int count, long before) {
        columnBytes += (long) count * Long.BYTES;
        if (columnBytes > limit) {
            throw SnapshotFormat.tooLarge(limit);
        }
        int head = in.u8();
        int width = head & ~SnapshotFormat.DIFFERENCES;
        if (width > Long.BYTES) {
            throw SnapshotFormat.damaged("numbers of " + width + " bytes");
        }
        in.read(planes, 0, count * width);
        Arrays.fill(slice, 0, count, 0);
        for (int plane = 0; plane < width; plane++) {
            int from = plane * count;
            int shift = 8 * plane;
            for (int i = 0; i < count; i++) {
                slice[i] |= (planes[from + i] & 255L) << shift;
            }
        }
        if ((head & SnapshotFormat.DIFFERENCES) != 0) {
            long sum = before;
            for (int i = 0; i < count; i++) {
                sum += slice[i];
                slice[i] = sum;
            }
        }
        return slice[count - 1];
    }

    /** Makes sure that everything was read. */
    public void requireEnd() {
        in.requireEnd();
    }
}
