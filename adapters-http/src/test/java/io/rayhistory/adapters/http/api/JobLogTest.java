package io.rayhistory.adapters.http.api;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class JobLogTest {

    @Test
    void framesJoinToTheTextAndEndWithLines() throws IOException {
        String text = "a line of the log\n".repeat(10_000) + "the end";
        List<String> frames = cut(text);
        assertEquals(text, String.join("", frames));
        assertTrue(frames.size() > 5);
        frames.subList(0, frames.size() - 1).forEach(frame -> assertTrue(frame.endsWith("\n")));
    }

    @Test
    void anyTextIsCutIntoFramesBelow64KiBThatAreWhole() throws IOException {
        for (long seed = 1; seed <= 20; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(100_000);
            while (text.length() < length) {
                text.appendCodePoint(switch (random.nextInt(4)) {
                    case 0 -> 0x1F600 + random.nextInt(50);
                    case 1 -> 0x4E00 + random.nextInt(1000);
                    case 2 -> random.nextInt(5_000) == 0 ? '\n' : 'x';
                    default -> 'a' + random.nextInt(26);
                });
            }
            List<String> frames = cut(text.toString());
            assertEquals(text.toString(), String.join("", frames), "seed " + seed);
            for (String frame : frames) {
                assertTrue(frame.getBytes(StandardCharsets.UTF_8).length <= 64 * 1024, "seed " + seed);
                assertTrue(!Character.isHighSurrogate(frame.charAt(frame.length() - 1)), "seed " + seed);
            }
        }
    }

    @Test
    void emptyTextIsNoFrame() throws IOException {
        assertEquals(List.of(), cut(""));
    }

    private static List<String> cut(String text) throws IOException {
        List<String> frames = new ArrayList<>();
        JobLog.cut(new StringReader(text), frames::add);
        return frames;
    }
}
