package io.rayhistory.adapters.json;

import io.rayhistory.domain.id.IdKind;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SharedTextsTest {
    private final SharedTexts shared = new SharedTexts();

    private String text(String text) {
        return shared.text(("__" + text + "_").getBytes(StandardCharsets.UTF_8), 2, 2 + text.length());
    }

    private String id(IdKind kind, String text) {
        return shared.id(kind, ("__" + text + "_").getBytes(StandardCharsets.UTF_8), 2, 2 + text.length());
    }

    @Test
    void repeatedTextIsOneString() {
        assertSame(text("node-1"), text("node-1"));
        assertSame(id(IdKind.JOB, "AgAAAA=="), id(IdKind.JOB, "AgAAAA=="));
        assertSame("", text(""));
    }

    @Test
    void noTextIsEverTakenForAnother() {
        long seed = 5;
        Random random = new Random(seed);
        for (int i = 0; i < 50_000; i++) {
            // Alike in all but one place, so that sampled hashes collide.
            char[] chars = "a".repeat(1 + random.nextInt(600)).toCharArray();
            chars[random.nextInt(chars.length)] = (char) ('a' + random.nextInt(3));
            assertEquals(new String(chars), text(new String(chars)), "seed " + seed);
        }
    }

    @Test
    void noIdIsEverTakenForAnotherOrForOneOfAnotherKind() {
        long seed = 6;
        Random random = new Random(seed);
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = new byte[18];
            bytes[random.nextInt(18)] = (byte) random.nextInt(3);
            String base64 = Base64.getEncoder().encodeToString(bytes);
            IdKind kind = IdKind.values()[random.nextInt(IdKind.values().length)];
            String expected = kind.normalize(base64);
            assertEquals(expected, id(kind, base64), "seed " + seed + " " + kind);
            assertEquals(!kind.isNormal(expected), shared.lastIdWasOdd(), "seed " + seed + " " + kind);
        }
    }

    @Test
    void aLongTextIsNoId() {
        assertEquals("x".repeat(5000), id(IdKind.NODE, "x".repeat(5000)));
        assertTrue(shared.lastIdWasOdd());
    }
}
