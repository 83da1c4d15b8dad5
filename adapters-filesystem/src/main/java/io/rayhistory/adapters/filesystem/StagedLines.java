package io.rayhistory.adapters.filesystem;

import io.rayhistory.application.port.EventSpool.Batch;
import io.rayhistory.application.port.EventSpool.Category;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.HistoryException.Kind;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;

/**
 * The lines of one batch until it is committed: so a post that arrives slowly keeps no other one waiting, and one that breaks
 * off leaves no trace. In memory up to {@value #MOST_SEGMENTS} segments of 64 KiB, or fewer when the batches beside it hold
 * much; beyond that in a file of its own. Not thread-safe.
 */
final class StagedLines {
    static final int SEGMENT = 64 << 10;
    private static final int MOST_SEGMENTS = 64;

    private final Path spillFile;
    /** Counts segments beyond each batch's first. */
    private final Semaphore memory;
    private final Map<Category, Integer> numbers = new LinkedHashMap<>();
    private final List<Category> categories = new ArrayList<>();
    private final List<byte[]> segments = new ArrayList<>();
    private final byte[] head = new byte[8];
    private int filled;
    private OutputStream spill;
    private long bytes;
    private boolean released;

    StagedLines(Path spillFile, Semaphore memory) {
        this.spillFile = spillFile;
        this.memory = memory;
    }

    /** Takes the pieces of lines in their order. */
    @FunctionalInterface
    interface Sink {
        void piece(Category category, byte[] bytes, int offset, int length) throws IOException;
    }

    /** Bytes of all lines, line ends included. */
    long bytes() {
        return bytes;
    }

    boolean spilled() {
        return spill != null;
    }

    void append(Category category, byte[] line, int offset, int length) throws IOException {
        Integer known = numbers.get(category);
        if (known == null && !category.jobId().isEmpty() && categories.size() >= Batch.MOST_CATEGORIES) {
            append(new Category(category.session(), ""), line, offset, length);
            return;
        }
        int number = known == null ? number(category) : known;
        putInt(0, number);
        putInt(4, length + 1);
        put(head, 0, head.length);
        put(line, offset, length);
        head[0] = '\n';
        put(head, 0, 1);
        bytes += length + 1;
    }

    private int number(Category category) {
        if (categories.size() == 2 * Batch.MOST_CATEGORIES) {
            throw new HistoryException(Kind.TOO_LARGE, "events of more than " + Batch.MOST_CATEGORIES
                    + " sessions in one batch; expected fewer");
        }
        categories.add(category);
        numbers.put(category, categories.size() - 1);
        return categories.size() - 1;
    }

    private void putInt(int at, int value) {
        for (int i = 0; i < 4; i++) {
            head[at + i] = (byte) (value >>> 24 - 8 * i);
        }
    }

    private void put(byte[] from, int offset, int length) throws IOException {
        for (int at = offset, left = length; left > 0; ) {
            if (segments.isEmpty() || filled == SEGMENT) {
                nextSegment();
            }
            int count = Math.min(left, SEGMENT - filled);
            System.arraycopy(from, at, segments.get(segments.size() - 1), filled, count);
            filled += count;
            at += count;
            left -= count;
        }
    }

    private void nextSegment() throws IOException {
        if (segments.isEmpty()) {
            segments.add(new byte[SEGMENT]);
        } else if (spill != null) {
            spill.write(segments.get(0), 0, filled);
        } else if (segments.size() < MOST_SEGMENTS && memory.tryAcquire()) {
            segments.add(new byte[SEGMENT]);
        } else {
            Files.createDirectories(spillFile.getParent());
            spill = Files.newOutputStream(spillFile, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            for (byte[] segment : segments) {
                spill.write(segment);
            }
            memory.release(segments.size() - 1);
            segments.subList(1, segments.size()).clear();
        }
        filled = 0;
    }

    /** Gives all lines once more; nothing may be appended afterwards. */
    void replay(Sink sink) throws IOException {
        if (bytes == 0) {
            return;
        }
        if (spill != null) {
            spill.write(segments.get(0), 0, filled);
            spill.flush();
        }
        byte[] piece = new byte[SEGMENT];
        try (DataInputStream lines = new DataInputStream(spill == null ? new Segments()
                : new BufferedInputStream(Files.newInputStream(spillFile), SEGMENT))) {
            for (long left = bytes; left > 0; ) {
                Category category = categories.get(lines.readInt());
                int length = lines.readInt();
                left -= length;
                while (length > 0) {
                    int count = lines.read(piece, 0, Math.min(length, piece.length));
                    if (count < 0) {
                        throw new EOFException("staged lines end early");
                    }
                    sink.piece(category, piece, 0, count);
                    length -= count;
                }
            }
        }
    }

    /** Frees the memory, or removes the file. May be called twice. */
    void release() {
        if (released) {
            return;
        }
        released = true;
        if (spill == null) {
            memory.release(Math.max(0, segments.size() - 1));
        } else {
            try {
                spill.close();
                Files.deleteIfExists(spillFile);
            } catch (IOException leftBehind) {
                System.getLogger(StagedLines.class.getName()).log(System.Logger.Level.WARNING,
                        () -> "staged events stay behind until the next start: " + spillFile, leftBehind);
            }
        }
        segments.clear();
    }

    /** The segments in memory, one after the other. */
    private final class Segments extends InputStream {
        private int segment;
        private int at;

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            int end = segment == segments.size() - 1 ? filled : SEGMENT;
            if (at == end) {
                if (segment == segments.size() - 1) {
                    return -1;
                }
                segment++;
                at = 0;
                end = segment == segments.size() - 1 ? filled : SEGMENT;
            }
            int count = Math.min(length, end - at);
            System.arraycopy(segments.get(segment), at, buffer, offset, count);
            at += count;
            return count;
        }
    }
}
