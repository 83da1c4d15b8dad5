package io.rayhistory.domain.id;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class IdKindTest {

    @ParameterizedTest
    @CsvSource({
        "JOB, BAAAAA==, 04000000",
        "JOB, BAAAAA, 04000000",
        "JOB, 04000000, 04000000",
        "ACTOR, FzakowKtVr4/B7BnAgAAAA==, 1736a4a302ad56be3f07b06702000000",
        "TASK, //////////8MtSZBk2JcQzngdIwCAAAA, ffffffffffffffff0cb5264193625c4339e0748c02000000",
        "NODE, 3MUkqGMR9te4KXDJfBA4jWyeokeEHZVQep+6ng==, dcc524a86311f6d7b82970c97c10388d6c9ea247841d95507a9fba9e",
        "WORKER, AwAAAP///////////////////////////////w==, 03000000ffffffffffffffffffffffffffffffffffffffffffffffff",
        "PLACEMENT_GROUP, ////////////////////////, ffffffffffffffffffffffffffffffffffff"
    })
    void recordedIdsDecode(IdKind kind, String sent, String normal) {
        assertEquals(normal, kind.normalize(sent));
    }

    @ParameterizedTest
    @EnumSource(IdKind.class)
    void everySpellingOfAnIdHasOneNormalForm(IdKind kind) {
        long seed = 20261122;
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            byte[] bytes = new byte[kind.hexLength() / 2];
            random.nextBytes(bytes);
            String hex = HexFormat.of().formatHex(bytes);
            String[] spellings = {hex, hex.toUpperCase(Locale.ROOT), Base64.getEncoder().encodeToString(bytes),
                Base64.getEncoder().withoutPadding().encodeToString(bytes), Base64.getUrlEncoder().encodeToString(bytes),
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)};
            for (String spelling : spellings) {
                assertEquals(hex, kind.normalize(spelling), "seed " + seed + ", " + spelling);
            }
            assertTrue(kind.isNormal(hex));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"head-node-x", "raycluster_worker", "0400000", "040000000", "!AAAAA==", "é", "=", "===="})
    void foreignTextIsKeptAsItCame(String text) {
        assertEquals(text, IdKind.JOB.normalize(text));
        assertEquals(text, IdKind.NODE.normalize(text));
        assertFalse(IdKind.NODE.isNormal(text));
    }

    @Test
    void lengthDecidesBeforeTheAlphabetDoes() {
        // 38 characters that are all hex digits are a node id in base64 without padding, for hex takes 56.
        String sent = "deadbeefdeadbeefdeadbeefdeadbeefdeadbA";
        assertEquals(HexFormat.of().formatHex(Base64.getDecoder().decode(sent)), IdKind.NODE.normalize(sent));
        // Eight hex digits are a job in hex; in base64 its padding would tell.
        assertEquals("abcdef01", IdKind.JOB.normalize("ABCDEF01"));
    }

    @Test
    void absentAndNilAreTheSameToAnswers() {
        assertEquals("", IdKind.NODE.normalize(null));
        assertEquals("", IdKind.NODE.normalize(""));
        for (IdKind kind : IdKind.values()) {
            assertTrue(kind.isNil(""));
            assertTrue(kind.isNil(kind.nil()));
            assertFalse(kind.isNil(kind.nil().substring(1) + "0"));
            assertFalse(kind.isNil("ff"));
            assertEquals("", kind.orAbsent(kind.nil()));
        }
        assertEquals("04000000", IdKind.JOB.orAbsent("04000000"));
    }

    @Test
    void upperCaseIsNotNormal() {
        assertFalse(IdKind.JOB.isNormal("ABCDEF01"));
        assertTrue(IdKind.JOB.isNormal("abcdef01"));
        assertFalse(IdKind.JOB.isNormal("abcdef0g"));
    }
}
