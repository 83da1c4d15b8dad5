package io.rayhistory.application.read.snapshot;

import io.rayhistory.domain.HistoryException;

import java.util.zip.CRC32C;

/**
 * What writers and readers of a stored snapshot agree on. Numbers are big-endian.
 *
 * <pre>
 * object  8 bytes magic, 2 bytes version, blocks, end
 * block   4 raw length, 4 stored length, 4 CRC32C of (number of the block, both lengths, stored bytes), stored bytes
 *         at most 256 KiB raw; raw deflate, or as they are when that is not shorter
 * end     a block of length 0; nothing follows
 * </pre>
 *
 * The raw bytes of all blocks in a row are values, each of the kind that its reader expects:
 *
 * <pre>
 * number  zigzag, seven bits a byte, low ones first
 * text    varint n: n > 0 is the n-th text of at most 256 chars again, 0 a new one: varint (length * 2 + wide), then a
 *         byte a char (ISO 8859-1), or two bytes if wide
 * bytes   varint length, bytes
 * column  varint length, then slices of 8192 values: a byte (bytes a value, + 16 if values are differences to the one
 *         before), then all lowest bytes, all second bytes, ...
 * </pre>
 *
 * Byte planes and differences are what lets deflate find something in ids and addresses, and a column of equal
 * numbers is next to nothing. There is no table of contents: everything is read, in order.
 */
public final class SnapshotFormat {
    /**
     * Raise it whenever a replay of the same objects gives another history, or values or bytes are laid out otherwise.
     * {@code SnapshotVersionTest} notices both.
     */
    public static final int VERSION = 1;

    /** Like PNG's: a copy that was taken for text, or lost its eighth bits, shows at once. */
    static final byte[] MAGIC = {(byte) 0x89, 'R', 'H', 'S', '\r', '\n', 0x1a, '\n'};
    static final int BLOCK = 256 * 1024;
    static final int SLICE = 8192;
    static final int DIFFERENCES = 16;
    static final int LONGEST_NUMBERED = 256;

    private SnapshotFormat() {
    }

    static HistoryException damaged(String how) {
        return new HistoryException(HistoryException.Kind.CORRUPT, how);
    }

    static HistoryException tooLarge(long limit) {
        return new HistoryException(HistoryException.Kind.TOO_LARGE, "it holds more than " + limit + " bytes");
    }

    static int checksum(int number, int rawLength, byte[] stored, int length) {
        CRC32C crc = new CRC32C();
        byte[] head = new byte[12];
        putInt(head, 0, number);
        putInt(head, 4, rawLength);
        putInt(head, 8, length);
        crc.update(head);
        crc.update(stored, 0, length);
        return (int) crc.getValue();
    }

    static void putInt(byte[] bytes, int at, int value) {
        for (int i = 0; i < 4; i++) {
            bytes[at + i] = (byte) (value >>> 24 - 8 * i);
        }
    }

    static int getInt(byte[] bytes, int at) {
        return (bytes[at] & 255) << 24 | (bytes[at + 1] & 255) << 16 | (bytes[at + 2] & 255) << 8 | bytes[at + 3] & 255;
    }
}
