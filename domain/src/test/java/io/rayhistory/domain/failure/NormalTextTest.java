package io.rayhistory.domain.failure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class NormalTextTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            boom 1                                                          | boom <n>
            expected int32, got 3.5 of 1.2.3                                | expected int32, got <n> of <n>
            actor 6b3f0c0a-1f2e-4d5c-8b9a-0123456789ab is gone              | actor <uuid> is gone
            <work1.Broken object at 0x7f9edad80190>                         | <work1.Broken object at <addr>>
            task c5287b29a01a0306ffffffffffffffffffffffff02000000 lost      | task <id> lost
            deadbeefs are words, cafebabe is one too                        | deadbeefs are words, cafebabe is one too
            cannot reach 10.1.2.3:6379 nor 127.0.0.2                        | cannot reach <ip> nor <ip>
            at 2026-11-22T20:21:36.5Z and 2026-11-22 20:21:36,123           | at <time> and <time>
            no such file /data/tmp/part-7/x.parquet                         | no such file x.parquet
            killed (pid=20477)                                              | killed (pid=<n>)
            key 'some words some words some words some words' missing           | key '<text>' missing
            a short 'quoted text'   stays                                   | a short 'quoted text' stays
            v2 of model7 x1y                                                | v2 of model7 x1y
            """)
    void whatDiffersFromRunToRunIsTakenOut(String message, String normal) {
        assertEquals(normal, NormalText.of(message));
    }

    @Test
    void coloursAndControlsVanishAndLinesBecomeOne() {
        assertEquals("red text here", NormalText.of("\u001b[31mred\u001b[0m\u0000 text\r\n\there\u0007 "));
        assertEquals("title", NormalText.of("\u001b]0;window\u0007title"));
    }

    @Test
    void longTextIsCutAndHugeTextIsNoTrouble() {
        assertEquals(NormalText.LONGEST, NormalText.of("word ".repeat(200_000)).length());
        for (String nasty : new String[] {"\u001b", "\u001b]", "'", "\"", "/", "1.", "a", "0x", "1.1.1.1", "-", " ", "\u001b[;"}) {
            assertTrue(NormalText.of(nasty.repeat(1_000_000 / nasty.length())).length() <= NormalText.LONGEST, nasty);
        }
    }
}
