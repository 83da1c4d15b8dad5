package io.rayhistory.application.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class LogLinesTest {

    private static List<String> lines(byte[] bytes) throws IOException {
        List<String> lines = new ArrayList<>();
        LogLines.forEach(new ByteArrayInputStream(bytes), line -> lines.add(line));
        return lines;
    }

    private static List<String> lines(String text) throws IOException {
        return lines(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void linesComeWithoutTheirEnds() throws IOException {
        assertEquals(List.of("a", "", "bü", "c"), lines("a\n\r\nbü\r\nc"));
        assertEquals(List.of("a"), lines("a\n"));
        assertEquals(List.of(), lines(""));
    }

    @Test
    void readingStopsWhereTheTakerHasEnough() throws IOException {
        List<String> seen = new ArrayList<>();
        LogLines.forEach(new ByteArrayInputStream("a\nb\nc\n".getBytes(StandardCharsets.UTF_8)), line -> {
            seen.add(line);
            return !line.equals("b");
        });
        assertEquals(List.of("a", "b"), seen);
    }

    @Test
    void aLongLineIsCutAndTheNextOneIsWhole() throws IOException {
        List<String> lines = lines("x".repeat(LogLines.MAX_LINE + 70_000) + "\nnext\n");
        assertEquals(LogLines.MAX_LINE, lines.get(0).length());
        assertEquals(List.of("next"), lines.subList(1, lines.size()));
    }

    @Test
    void bytesThatAreNoTextAreReplaced() throws IOException {
        assertEquals(List.of("a\uFFFDb"), lines(new byte[] {'a', (byte) 0xff, 'b'}));
    }

    @Test
    void howTheStreamIsCutIntoBlocksMakesNoDifference() throws IOException {
        long seed = 7;
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            List<String> expected = new ArrayList<>();
            for (int i = random.nextInt(5); i >= 0; i--) {
                expected.add("é".repeat(random.nextInt(12_000)) + i);
            }
            byte[] bytes = (String.join("\n", expected) + "\n").getBytes(StandardCharsets.UTF_8);
            List<String> actual = new ArrayList<>();
            LogLines.forEach(stuttering(bytes, random), line -> actual.add(line));
            assertTrue(expected.equals(actual), "seed " + seed + " round " + round);
        }
    }

    private static InputStream stuttering(byte[] bytes, Random random) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, 1 + random.nextInt(9000)));
            }
        };
    }
}
