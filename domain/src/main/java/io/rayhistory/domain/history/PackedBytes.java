package io.rayhistory.domain.history;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Many small byte records in few big arrays: no object and no padding per record. A record is written with a {@link
 * Writer}, gets an address when it is {@linkplain #add added}, and is read back from that address. Records never cross
 * a chunk, so that a reader runs over one array; one longer than a chunk gets a chunk of its own.
 *
 * <p>An address is {@code chunk << 20 | offset}: 2 GiB of records at most. Not thread-safe while written; safe to share
 * once nothing is added any more.
 */
final class PackedBytes {
    private static final int CHUNK_BITS = 20;
    private static final int CHUNK = 1 << CHUNK_BITS;
    private static final int MAX_CHUNKS = 1 << (31 - CHUNK_BITS);

    private Chunks chunks;
    private byte[] current;
    private int currentNumber;
    private int used = CHUNK;

    PackedBytes() {
        this(new Chunks(new byte[MAX_CHUNKS][], 0));
    }

    private PackedBytes(Chunks chunks) {
        this.chunks = chunks;
    }

    /** For another thread, which fills chunks of its own; once it is done its addresses are addresses here. */
    PackedBytes part() {
        return new PackedBytes(chunks);
    }

    /** Copies what the writer holds, empties it, and answers the record's address. */
    int add(Writer record) {
        if (used + record.length > CHUNK) {
            current = new byte[Math.max(CHUNK, record.length)];
            currentNumber = chunks.add(current);
            used = 0;
        }
        System.arraycopy(record.bytes, 0, current, used, record.length);
        int address = currentNumber << CHUNK_BITS | used;
        used += record.length;
        record.length = 0;
        return address;
    }

    Reader at(int address) {
        return new Reader(chunks.all[address >>> CHUNK_BITS], address & CHUNK - 1);
    }

    /** Moves an existing reader, so that hot loops allocate nothing. */
    void seek(Reader reader, int address) {
        reader.bytes = chunks.all[address >>> CHUNK_BITS];
        reader.at = address & CHUNK - 1;
    }

    /** Gives back the unused end of the last chunk; what is added later gets another. */
    void trim() {
        if (current != null && used < current.length) {
            chunks.all[currentNumber] = Arrays.copyOf(current, used);
            current = null;
            used = CHUNK;
        }
    }

    /** Gives back whatever only adding needs. Nothing can be added any more, here or to a part. */
    void finish() {
        trim();
        chunks = new Chunks(Arrays.copyOf(chunks.all, chunks.size));
    }

    /** The records as they lie there, for {@link #of}. */
    List<byte[]> chunks() {
        return Collections.unmodifiableList(Arrays.asList(chunks.all).subList(0, chunks.size));
    }

    /** Records under the addresses they had in a {@link #trim trimmed} instance with these chunks. */
    static PackedBytes of(List<byte[]> chunks) {
        return new PackedBytes(new Chunks(chunks.toArray(byte[][]::new)));
    }

    /** True if a record may begin there. */
    boolean holds(int address) {
        int chunk = address >>> CHUNK_BITS;
        return chunk < chunks.size && (address & CHUNK - 1) < chunks.all[chunk].length;
    }

    long sizeBytes() {
        long sum = 0;
        for (int i = 0; i < chunks.size; i++) {
            sum += chunks.all[i].length + 16L;
        }
        return sum;
    }

    /** Overwrites four bytes that {@link Writer#i32} wrote. */
    void patch(int address, int value) {
        put(chunks.all[address >>> CHUNK_BITS], address & CHUNK - 1, value);
    }

    private static int put(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >>> 24);
        bytes[at + 1] = (byte) (value >>> 16);
        bytes[at + 2] = (byte) (value >>> 8);
        bytes[at + 3] = (byte) value;
        return at + 4;
    }

    /** All chunks of all parts. A part reads only what it wrote, until all are done. */
    private static final class Chunks {
        private final byte[][] all;
        private int size;

        Chunks(byte[][] all, int size) {
            this.all = all;
            this.size = size;
        }

        Chunks(byte[][] complete) {
            this(complete, complete.length);
        }

        synchronized int add(byte[] chunk) {
            if (size == all.length) {
                throw new IllegalStateException("more than 2 GiB of packed task records in one session");
            }
            all[size] = chunk;
            return size++;
        }
    }

    /** Builds one record. Reusable: {@link PackedBytes#add} empties it. */
    static final class Writer {
        private byte[] bytes = new byte[256];
        private int length;

        Writer u8(int value) {
            room(1);
            bytes[length++] = (byte) value;
            return this;
        }

        Writer i32(int value) {
            room(4);
            length = put(bytes, length, value);
            return this;
        }

        Writer i64(long value) {
            room(8);
            length = put(bytes, put(bytes, length, (int) (value >>> 32)), (int) value);
            return this;
        }

        /** Seven bits a byte, low ones first; small non-negative values take one byte, negative ones ten. */
        Writer varint(long value) {
            room(10);
            long rest = value;
            while ((rest & ~0x7fL) != 0) {
                bytes[length++] = (byte) (rest & 0x7f | 0x80);
                rest >>>= 7;
            }
            bytes[length++] = (byte) rest;
            return this;
        }

        /** Like {@link #varint}, but values near zero of either sign are short. */
        Writer zigzag(long value) {
            return varint(value << 1 ^ value >> 63);
        }

        private void room(int more) {
            if (length + more > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
            }
        }
    }

    /** Reads a record from its address on, in the order it was written. */
    static final class Reader {
        private byte[] bytes;
        private int at;

        private Reader(byte[] bytes, int at) {
            this.bytes = bytes;
            this.at = at;
        }

        int u8() {
            return bytes[at++] & 0xff;
        }

        int i32() {
            int i = at;
            at = i + 4;
            return bytes[i] << 24 | (bytes[i + 1] & 255) << 16 | (bytes[i + 2] & 255) << 8 | bytes[i + 3] & 255;
        }

        long i64() {
            return (long) i32() << 32 | i32() & 0xffffffffL;
        }

        long varint() {
            long value = 0;
            int shift = 0;
            int b;
            do {
                b = bytes[at++];
                value |= (b & 0x7fL) << shift;
                shift += 7;
            } while (b < 0);
            return value;
        }

        int varintInt() {
            return (int) varint();
        }

        long zigzag() {
            long raw = varint();
            return raw >>> 1 ^ -(raw & 1);
        }
    }
}
