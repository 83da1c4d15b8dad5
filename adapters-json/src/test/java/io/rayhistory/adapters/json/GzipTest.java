package io.rayhistory.adapters.json;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class GzipTest {

    static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static byte[] join(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    private static byte[] lines(int from, int to) {
        StringBuilder lines = new StringBuilder();
        Random random = new Random(from);
        for (int i = from; i < to; i++) {
            // The noise keeps gzip from packing everything into one block.
            lines.append("{\"eventType\":\"DRIVER_JOB_LIFECYCLE_EVENT\",\"message\":\"").append(random.nextLong())
                    .append("\",\"driverJobLifecycleEvent\":{\"jobId\":\"").append(String.format("%08x", i)).append("\"}}\n");
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void severalMembersAreOneStream() {
        CollectingSink sink = CollectingSink.of(join(gzip(lines(0, 1000)), gzip(lines(1000, 3000))));
        assertEquals(3000, sink.events.size());
        assertEquals(List.of(), sink.damages);
    }

    @Test
    void severalMembersAreOneStreamThoughTheStreamNeverKnowsWhatIsAvailable() throws IOException {
        byte[] file = join(gzip(lines(0, 10)), gzip(lines(10, 30)));
        InputStream slow = new FilterInputStream(new ByteArrayInputStream(file)) {
            @Override
            public int available() {
                return 0;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return super.read(target, offset, Math.min(length, 7));
            }
        };
        CollectingSink sink = new CollectingSink();
        new JacksonEventCodec().decode(slow, sink);
        assertEquals(30, sink.events.size());
    }

    @Test
    void aCutStreamKeepsItsCompleteLinesAndCountsOnce() {
        byte[] whole = gzip(lines(0, 3000));
        int before = 0;
        for (int cut = 2; cut < whole.length; cut += 997) {
            CollectingSink sink = CollectingSink.of(Arrays.copyOf(whole, cut));
            assertEquals(List.of("TRUNCATED gzip stream"), sink.damages, "cut at " + cut);
            assertTrue(sink.events.size() >= before, "cut at " + cut);
            before = sink.events.size();
        }
        assertTrue(before > 2000, "almost all lines: " + before);
    }

    @Test
    void aCutSecondMemberKeepsTheFirst() {
        byte[] second = gzip(lines(1000, 2000));
        CollectingSink sink = CollectingSink.of(join(gzip(lines(0, 1000)), Arrays.copyOf(second, second.length / 2)));
        assertTrue(sink.events.size() >= 1000);
        assertEquals(List.of("TRUNCATED gzip stream"), sink.damages);
    }

    @Test
    void aCutArrayInACutStreamCountsOnce() {
        String array = "[" + new String(lines(0, 3000), StandardCharsets.UTF_8).replace("}}\n", "}},") + "null]";
        byte[] whole = gzip(array.getBytes(StandardCharsets.UTF_8));
        CollectingSink sink = CollectingSink.of(Arrays.copyOf(whole, whole.length / 2));
        assertTrue(sink.events.size() > 1000);
        assertEquals(List.of("TRUNCATED gzip stream"), sink.damages);
    }

    @Test
    void corruptGzipIsMalformed() {
        byte[] file = gzip(lines(0, 3000));
        file[2] = 99;
        CollectingSink sink = CollectingSink.of(file);
        assertEquals(List.of(), sink.events);
        assertEquals(List.of("MALFORMED gzip stream"), sink.damages);
    }

    @Test
    void aFailureInTheHeadOfASecondMemberIsNotTheEnd() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("storage is away");
            }
        };
        InputStream file = new SequenceInputStream(Collections.enumeration(List.of(
                new ByteArrayInputStream(gzip(lines(0, 10))),
                new ByteArrayInputStream(Arrays.copyOf(gzip(lines(10, 20)), 5)), broken)));
        CollectingSink sink = new CollectingSink();
        assertThrows(IOException.class, () -> new JacksonEventCodec().decode(file, sink));
        assertEquals(10, sink.events.size());
    }

    @Test
    void aByteOrderMarkInsideIsStripped() {
        CollectingSink sink = CollectingSink.of(gzip(join(new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf}, lines(0, 2))));
        assertEquals(2, sink.events.size());
        assertEquals(List.of(), sink.damages);
    }
}
