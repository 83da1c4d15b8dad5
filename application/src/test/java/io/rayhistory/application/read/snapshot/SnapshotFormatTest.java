package io.rayhistory.application.read.snapshot;

import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.history.ImageSource;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SnapshotFormatTest {
    private static final Executor NOBODY = work -> { };
    private static final long NO_LIMIT = Long.MAX_VALUE;

    private static byte[] written(List<Object> values) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ImageEncoder sink = new ImageEncoder(out)) {
            for (Object value : values) {
                if (value instanceof Long number) {
                    sink.number(number);
                } else if (value instanceof String text) {
                    sink.text(text);
                } else if (value instanceof byte[] bytes) {
                    sink.bytes(bytes);
                } else if (value instanceof long[] column) {
                    sink.longs(column);
                } else {
                    sink.ints((int[]) value);
                }
            }
            sink.finish();
        }
        return out.toByteArray();
    }

    private static List<String> read(byte[] object, List<Object> like, Executor threads, long limit) {
        ImageDecoder source = new ImageDecoder(new ByteArrayInputStream(object), threads, limit);
        List<String> values = new ArrayList<>();
        like.forEach(value -> values.add(next(source, value)));
        source.requireEnd();
        return values;
    }

    private static String next(ImageSource source, Object like) {
        return like instanceof Long ? told(source.number()) : like instanceof String ? told(source.text())
                : like instanceof byte[] ? told(source.bytes()) : like instanceof long[] ? told(source.longs())
                : told(source.ints());
    }

    private static String told(Object value) {
        return value instanceof byte[] bytes ? Arrays.toString(bytes) : value instanceof long[] longs
                ? Arrays.toString(longs) : value instanceof int[] ints ? Arrays.toString(ints) : value.toString();
    }

    private static List<Object> randomValues(Random random) {
        List<Object> values = new ArrayList<>();
        for (int i = random.nextInt(30); i >= 0; i--) {
            int size = random.nextInt(4) == 0 ? random.nextInt(20_000) : random.nextInt(20);
            int bits = random.nextInt(64);
            values.add(switch (random.nextInt(7)) {
                case 0 -> random.nextLong() >> bits;
                case 1 -> "again " + random.nextInt(5);
                case 2 -> random.ints(size, 0, random.nextBoolean() ? 0xff : 0xffff)
                        .collect(StringBuilder::new, (text, c) -> text.append((char) c), StringBuilder::append).toString();
                case 3 -> {
                    byte[] bytes = new byte[size * 20];
                    random.nextBytes(bytes);
                    yield bytes;
                }
                case 4 -> random.longs(size).map(v -> v >> bits).toArray();
                case 5 -> random.longs(size).map(v -> v >>> bits).sorted().toArray();
                default -> random.ints(size).map(v -> v >> bits).toArray();
            });
        }
        return values;
    }

    @Test
    void whatIsWrittenComesBack() {
        for (long seed = 1; seed <= 40; seed++) {
            List<Object> values = randomValues(new Random(seed));
            byte[] object = written(values);
            List<String> expected = values.stream().map(SnapshotFormatTest::told).toList();
            assertTrue(expected.equals(read(object, values, ForkJoinPool.commonPool(), NO_LIMIT)), "seed " + seed);
            assertTrue(expected.equals(read(object, values, NOBODY, NO_LIMIT)), "seed " + seed + ", alone");
        }
    }

    @Test
    void cutsFlipsAndAdditionsAreNoticed() {
        for (long seed = 1; seed <= 1000; seed++) {
            Random random = new Random(seed);
            List<Object> values = new ArrayList<>(List.of(7L, "text", new long[random.nextInt(100)], "more",
                    random.ints(random.nextInt(300)).toArray()));
            byte[] damaged = damage(written(values), random);
            HistoryException e = assertThrows(HistoryException.class, () -> read(damaged, values, NOBODY, NO_LIMIT),
                    "seed " + seed);
            assertEquals(HistoryException.Kind.CORRUPT, e.kind(), "seed " + seed);
        }
    }

    private static byte[] damage(byte[] object, Random random) {
        switch (random.nextInt(3)) {
            case 0:
                return Arrays.copyOf(object, random.nextInt(object.length));
            case 1:
                return Arrays.copyOf(object, object.length + 1 + random.nextInt(20));
            default:
                byte[] flipped = object.clone();
                for (int i = random.nextInt(3); i >= 0; i--) {
                    // Set rather than toggled, so that two flips cannot undo each other.
                    int at = random.nextInt(flipped.length);
                    flipped[at] = (byte) (object[at] ^ 1 << random.nextInt(8));
                }
                return flipped;
        }
    }

    @Test
    void swappedBlocksAreNoticed() {
        byte[] noise = new byte[2 * SnapshotFormat.BLOCK - 100];
        new Random(1).nextBytes(noise);
        List<Object> values = List.of(noise);
        byte[] object = written(values);
        int first = SnapshotFormat.getInt(object, 14) + 12;
        int second = SnapshotFormat.getInt(object, 10 + first + 4) + 12;
        byte[] swapped = object.clone();
        System.arraycopy(object, 10 + first, swapped, 10, second);
        System.arraycopy(object, 10, swapped, 10 + second, first);
        assertThrows(HistoryException.class, () -> read(swapped, values, NOBODY, NO_LIMIT));
    }

    /** Lengths of two thousand million, rightly checksummed, in objects of a few bytes. */
    @Test
    void hostileLengthsCostNothing() {
        long huge = Integer.MAX_VALUE - 100L;
        for (Object like : List.of("", new byte[0], new long[0], new int[0])) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (BlockWriter writer = new BlockWriter(out, 1)) {
                if (like instanceof String) {
                    writer.varint(0);
                }
                writer.varint(like instanceof String ? huge & ~1 : huge);
                writer.write(new byte[1000], 1000);
                writer.finish();
            }
            ImageDecoder source = new ImageDecoder(new ByteArrayInputStream(out.toByteArray()), NOBODY, 2000);
            long before = allocated();
            assertThrows(HistoryException.class, () -> next(source, like));
            assertTrue(allocated() - before < 10_000_000, like.getClass() + " took " + (allocated() - before));
        }
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean())
                .getCurrentThreadAllocatedBytes();
    }

    @Test
    void moreThanTheLimitIsTooLarge() {
        List<Object> values = List.of(new byte[3_000_000]);
        byte[] object = written(values);
        assertTrue(object.length < 50_000, "zeros pack well");
        assertEquals(1, read(object, values, NOBODY, 3_000_010).size());
        HistoryException e = assertThrows(HistoryException.class, () -> read(object, values, NOBODY, 2_900_000));
        assertEquals(HistoryException.Kind.TOO_LARGE, e.kind());
    }

    @Test
    void anotherVersionIsNotRead() {
        byte[] object = written(List.of(1L));
        object[9]++;
        assertThrows(HistoryException.class, () -> read(object, List.of(1L), NOBODY, NO_LIMIT));
    }

    @Test
    void aWriterThatFailsIsNoShortStream() throws IOException {
        try (InputStream stream = new WrittenStream("test-writer", out -> {
            try {
                out.write(new byte[100]);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            throw new IllegalStateException("half way");
        })) {
            assertThrows(IOException.class, stream::readAllBytes);
        }
    }

    @Test
    void aWriterEndsWhenNobodyReads() throws Exception {
        Thread[] writer = new Thread[1];
        boolean[] failed = new boolean[1];
        try (InputStream stream = new WrittenStream("test-writer", out -> {
            writer[0] = Thread.currentThread();
            try {
                for (;;) {
                    out.write(new byte[100]);
                }
            } catch (IOException e) {
                failed[0] = true;
            }
        })) {
            assertEquals(100, stream.readNBytes(100).length);
        }
        writer[0].join();
        assertTrue(failed[0]);
    }
}
