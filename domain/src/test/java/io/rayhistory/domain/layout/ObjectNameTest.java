package io.rayhistory.domain.layout;

import io.rayhistory.domain.HistoryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

final class ObjectNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "a/", "a//b", "//a", ".", "..", "a/..", "../a", "a/./b", "a\u0000b"})
    void whatIsNoNameAnywhereIsRefused(String name) {
        assertEquals(HistoryException.Kind.INVALID,
                assertThrows(HistoryException.class, () -> ObjectName.requireReadable(name)).kind());
        assertThrows(HistoryException.class, () -> ObjectName.requireWritable(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a", "a\\b", "a\u0001b", "a\rb", "\uD83D", "\uDE00\uD83D"})
    void foreignNamesAreReadNotWritten(String name) {
        assertDoesNotThrow(() -> ObjectName.requireReadable(name));
        assertThrows(HistoryException.class, () -> ObjectName.requireWritable(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/b", "...", "a?b=c&d#e", "%41", "t\tb\n", "\uD83D\uDE00", " ", "~"})
    void oddNamesAreNames(String name) {
        assertEquals(name, ObjectName.requireWritable(name));
    }

    @Test
    void theLimitCountsBytesNotCharacters() {
        assertDoesNotThrow(() -> ObjectName.requireWritable("ü".repeat(512)));
        assertThrows(HistoryException.class, () -> ObjectName.requireWritable("ü".repeat(512) + "a"));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '\0', value = {"a\\b,a%5Cb", "old/dot.,old/dot%2E", "dots../x,dots.%2E/x", "...,..%2E",
            "100%,100%", "%41,%41", "a?b=c&d,a?b=c&d", "events/event_GCS.log,events/event_GCS.log"})
    void onlyWhatHurtsIsEscaped(String name, String escaped) {
        assertEquals(escaped, ObjectName.escape(name));
    }

    @Test
    void controlCharactersAreEscaped() {
        assertEquals("%00%01%09%0A%1F%7F", ObjectName.escape("\u0000\u0001\t\n\u001f\u007f"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "a/../b", "/a", "a/", "a//b", "."})
    void pathsThatLeaveTheirFolderAreRefused(String path) {
        assertThrows(HistoryException.class, () -> ObjectName.escape(path));
    }

    @Test
    void shortNamesStayAsTheyAre() {
        String name = "f/" + "n".repeat(998);
        assertEquals(name, ObjectName.shorten(name));
        assertEquals("x", ObjectName.shorten("x"));
    }

    @Test
    void aLongNameKeepsItsHeadAndGetsItsHash() {
        String last = "ü".repeat(600);
        String shortened = ObjectName.shorten("folder/" + last);
        assertTrue(shortened.getBytes(StandardCharsets.UTF_8).length <= 1000);
        assertTrue(shortened.getBytes(StandardCharsets.UTF_8).length >= 997, "no more is lost than must be");
        assertTrue(shortened.startsWith("folder/üüü"));
        assertEquals("~" + Sha256.hex(last.getBytes(StandardCharsets.UTF_8)).substring(0, 12),
                shortened.substring(shortened.length() - 13));
        assertTrue(ObjectName.isShortenedFrom(shortened.substring(7), last));
        assertFalse(ObjectName.isShortenedFrom(shortened.substring(7), last + "x"));
        assertFalse(ObjectName.isShortenedFrom("~", last));
        assertFalse(shortened.equals(ObjectName.shorten("folder/" + last + "ü")));
    }

    @Test
    void foldersThatLeaveNoRoomAreRefused() {
        assertThrows(HistoryException.class, () -> ObjectName.shorten("f".repeat(995) + "/name-of-a-file"));
    }

    @Test
    void ourDigestIsThatOfTheJdk() throws NoSuchAlgorithmException {
        MessageDigest jdk = MessageDigest.getInstance("SHA-256");
        long seed = 3;
        Random random = new Random(seed);
        for (int length = 0; length < 300; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            assertEquals(HexFormat.of().formatHex(jdk.digest(bytes)), Sha256.hex(bytes), "seed " + seed + ", length " + length);
        }
    }

    @Test
    void ourUtf8IsThatOfTheJdk() {
        String text = "a\u007f\u0080ü\u07ff\u0800漢\uffff\uD83D\uDE00\uDBFF\uDFFF";
        assertArrayEquals(text.getBytes(StandardCharsets.UTF_8), Utf8.encode(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "a\\b", "a\nb"})
    void whatIsNoSegmentIsRefusedByItsName(String text) {
        HistoryException refused = assertThrows(HistoryException.class, () -> ObjectName.requireSegment("cluster", text));
        assertTrue(refused.getMessage().startsWith("cluster '"), refused.getMessage());
    }
}
