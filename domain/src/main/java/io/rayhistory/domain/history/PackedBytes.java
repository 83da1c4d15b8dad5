package io.rayhistory.domain.history;

import java.util.ArrayList;
import java.util.Arrays;
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

    private final List<byte[]> chunks = new ArrayList<>();
    private int used = CHUNK;

    /** Copies what the writer holds, empties it, and answers the record's address. */
    int add(Writer record) {
        if (chunks.isEmpty() || used + record.length > CHUNK) {
            if (chunks.size() == MAX_CHUNKS) {
                throw new IllegalStateException("more than 2 GiB of packed task records in one session");
            }
            chunks.add(new byte[Math.max(CHUNK, record.length)]);
            used = 0;
        }
        int last = chunks.size() - 1;
        System.arraycopy(record.bytes, 0, chunks.get(last), used, record.length);
        int address = last << CHUNK_BITS | used;
        used += record.length;
        record.length = 0;
        return address;
    }

    Reader at(int address) {
        return new Reader(chunks.get(address >>> CHUNK_BITS), address & CHUNK - 1);
    }

    /** Moves an existing reader, so that hot loops allocate nothing. */
    void seek(Reader reader, int address) {
        reader.bytes = chunks.get(address >>> CHUNK_BITS);
        reader.at = address & CHUNK - 1;
    }

    /** Gives back the unused end of the last chunk. */
    void trim() {
        int last = chunks.size() - 1;
        if (last >= 0 && used < chunks.get(last).length) {
            chunks.set(last, Arrays.copyOf(chunks.get(last), used));
        }
    }

    /** The records as they lie there, for {@link #of}. */
    List<byte[]> chunks() {
        return chunks;
    }

    /** Records under the addresses they had in a {@link #trim trimmed} instance with these chunks. */
    static PackedBytes of(List<byte[]> chunks) {
        PackedBytes records = new PackedBytes();
        records.chunks.addAll(chunks);
        return records;
    }

    /** True if a record may begin there. */
    boolean holds(int address) {
        int chunk = address >>> CHUNK_BITS;
        return chunk < chunks.size() && (address & CHUNK - 1) < chunks.get(chunk).length;
    }

    long sizeBytes() {
        long sum = 0;
        for (byte[] chunk : chunks) {
            sum += chunk.length + 16L;
        }
        return sum;
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
            return u8(value >>> 24).u8(value >>> 16).u8(value >>> 8).u8(value);
        }

        Writer i64(long value) {
            return i32((int) (value >>> 32)).i32((int) value);
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
            return u8() << 24 | u8() << 16 | u8() << 8 | u8();
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
