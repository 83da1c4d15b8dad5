package io.rayhistory.domain.id;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

final class IdKindTest {

    @Test
    void everySpellingOfAnIdHasOneNormalForm() {
        long seed = 14;
        Random random = new Random(seed);
        for (IdKind kind : IdKind.values()) {
            for (int round = 0; round < 200; round++) {
                byte[] bytes = new byte[kind.hexLength() / 2];
                random.nextBytes(bytes);
                String hex = HexFormat.of().formatHex(bytes);
                String told = kind + ", seed " + seed + ", round " + round;
                assertEquals(hex, kind.normalize(hex), told);
                assertEquals(hex, kind.normalize(hex.toUpperCase(Locale.ROOT)), told);
                assertEquals(hex, kind.normalize(Base64.getEncoder().encodeToString(bytes)), told);
                assertEquals(hex, kind.normalize(Base64.getUrlEncoder().encodeToString(bytes)), told);
                assertEquals(hex, kind.normalize(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)), told);
                assertTrue(kind.isNormal(kind.normalize(hex)), told);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"AQAAAA==,01000000", "AQAAAA,01000000", "/////w==,ffffffff", "_____w==,ffffffff", "01000000,01000000", "0100000A,0100000a"})
    void jobIds(String text, String normal) {
        assertEquals(normal, IdKind.JOB.normalize(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"head-node-x", "AQAAA", "AQAAAAA==", "A!AAAA==", "zz", "=", "AQAAAA====", "ü", "0100000"})
    void whatIsNoIdIsKeptAsItCame(String text) {
        assertEquals(text, IdKind.JOB.normalize(text));
        assertFalse(IdKind.JOB.isNormal(text));
    }

    @Test
    void anAbsentIdIsEmpty() {
        assertEquals("", IdKind.NODE.normalize(null));
        assertEquals("", IdKind.NODE.normalize(""));
    }

    @Test
    void nilIsAllOnes() {
        for (IdKind kind : IdKind.values()) {
            assertTrue(kind.isNil(kind.nil()));
            assertTrue(kind.isNil(""));
            assertEquals("", kind.orAbsent(kind.nil()));
            String almost = kind.nil().substring(1) + "e";
            assertFalse(kind.isNil(almost));
            assertEquals(almost, kind.orAbsent(almost));
        }
        assertFalse(IdKind.JOB.isNil("fff"));
    }
}
