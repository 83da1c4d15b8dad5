package io.rayhistory.adapters.json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;

class TimestampsTest {

    private static long parse(String text) {
        byte[] padded = ("##" + text + "##").getBytes(StandardCharsets.UTF_8);
        return Timestamps.parse(padded, 2, 2 + text.length());
    }

    @Test
    void anyInstantSurvivesWithAnyNumberOfFractionDigits() {
        long seed = 42;
        Random random = new Random(seed);
        for (int i = 0; i < 5000; i++) {
            Instant second = Instant.ofEpochSecond(random.nextLong(-9_000_000_000L, 9_000_000_000L));
            int digits = random.nextInt(10);
            String fraction = String.format("%09d", random.nextInt(1_000_000_000)).substring(0, digits);
            String text = second.toString().replace("Z", digits == 0 ? "Z" : "." + fraction + "Z");
            Instant expected = Instant.parse(text);
            assertEquals(expected.getEpochSecond() * 1_000_000_000L + expected.getNano(), parse(text),
                    "seed " + seed + ": " + text);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T19:32:40.264117704Z, 1795375960264117704",
        "2026-11-22T19:32:40Z, 1795375960000000000",
        "2026-11-22t19:32:40z, 1795375960000000000",
        "2026-11-23T01:02:40+05:30, 1795375960000000000",
        "2026-11-22T11:32:40.5-08:00, 1795375960500000000",
        "2026-11-22T19:32:40.2641177049999Z, 1795375960264117704",
        "1970-01-01T00:00:00Z, 0"
    })
    void otherSpellingsOfRfc3339Count(String text, long expected) {
        assertEquals(expected, parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "now", "2026-11-22", "2026-11-22 19:32:40Z", "2026-11-22T19:32:40", "2026-11-22T19:32:4xZ",
        "2026-13-22T19:32:40Z", "2026-00-22T19:32:40Z", "2026-11-32T19:32:40Z", "2026-11-22T24:32:40Z",
        "2026-11-22T19:60:40Z", "9999-11-22T19:32:40Z", "2026-11-22T19:32:40ZZ", "2026-11-22T19:32:40+5:30",
        "2026-11-22T19:32:40+ab:cd", "1795375960264117704000"})
    void anythingElseIsNone(String text) {
        assertEquals(Timestamps.BAD, parse(text));
    }
}
