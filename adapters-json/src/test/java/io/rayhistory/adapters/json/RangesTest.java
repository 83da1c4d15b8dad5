package io.rayhistory.adapters.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rayhistory.domain.event.DriverJobLifecycleEvent;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class RangesTest {
    private final JacksonEventCodec codec = new JacksonEventCodec();

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String job(int number, int padding) {
        return "{\"eventType\":\"DRIVER_JOB_LIFECYCLE_EVENT\",\"driverJobLifecycleEvent\":{\"jobId\":\"%02x000000\"},\"message\":\"%s\"}"
                .formatted(number, "x".repeat(padding));
    }

    private static List<String> jobs(CollectingSink sink) {
        return sink.events.stream().map(e -> ((DriverJobLifecycleEvent) e).jobId().substring(0, 2)).toList();
    }

    @Test
    void rangesGiveTogetherWhatTheWholeFileGives() throws IOException {
        long seed = 11;
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            StringBuilder text = new StringBuilder();
            int lines = random.nextInt(12);
            for (int i = 0; i < lines; i++) {
                text.append(random.nextInt(9) == 0 ? "broken" : job(i, random.nextInt(4) == 0 ? 900 : random.nextInt(30)));
                text.append(i == lines - 1 && random.nextBoolean() ? "" : random.nextInt(5) == 0 ? "\r\n\n" : "\n");
            }
            byte[] file = bytes(text.toString());
            CollectingSink whole = CollectingSink.of(file);
            List<String> found = new ArrayList<>();
            int damages = 0;
            for (int from = 0; from == 0 || from < file.length; ) {
                int length = 1 + random.nextInt(random.nextBoolean() ? 20 : 1500);
                boolean last = from + length >= file.length;
                CollectingSink sink = new CollectingSink();
                int begin = Math.max(0, from - 1);
                codec.decodeRange(new ByteArrayInputStream(file, begin, file.length - begin), from == 0,
                        last ? Long.MAX_VALUE : length, sink);
                found.addAll(jobs(sink));
                damages += sink.damages.size();
                from += length;
            }
            assertEquals(jobs(whole), found, "seed " + seed + " round " + round);
            assertEquals(whole.damages.size(), damages, "seed " + seed + " round " + round);
        }
    }

    @Test
    void onlyPlainLinesAreDivisible() {
        assertTrue(codec.isDivisible(bytes("{\"a\":1}\n")));
        assertTrue(codec.isDivisible(bytes("\r\n {")));
        assertFalse(codec.isDivisible(bytes("[{}]")));
        assertFalse(codec.isDivisible(bytes("")));
        assertFalse(codec.isDivisible(bytes("\ufeff{")));
        assertFalse(codec.isDivisible(new byte[] {0x1f, (byte) 0x8b, '{'}));
    }
}
