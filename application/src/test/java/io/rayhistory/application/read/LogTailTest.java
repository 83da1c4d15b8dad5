package io.rayhistory.application.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

class LogTailTest {

    private static String numbered(int lines) {
        return IntStream.range(0, lines).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
    }

    @Test
    void aShortLogIsQuotedWhole() {
        assertEquals("", LogTail.cut(""));
        assertEquals("a\nb", LogTail.cut("a\nb"));
        assertEquals(numbered(10), LogTail.cut(numbered(10)));
    }

    @Test
    void ofALongLogTheLastTenLinesAreQuoted() {
        assertEquals(numbered(13).substring(numbered(3).length()), LogTail.cut(numbered(13)));
    }

    @Test
    void aLastLineWithoutNewlineIsALine() {
        assertEquals(numbered(12).substring(numbered(3).length()) + "end", LogTail.cut(numbered(12) + "end"));
    }

    @Test
    void lineEndsArePythons() {
        assertEquals("1\r\n2\r3\u000b4\f5\u001c6\u00857\u20288\u20299\n10",
                LogTail.cut("-\n0\n1\r\n2\r3\u000b4\f5\u001c6\u00857\u20288\u20299\n10"));
    }

    @Test
    void charactersAreCountedAsPythonCountsThem() {
        String text = "x".repeat(10) + "😀".repeat(LogTail.CHARACTERS - 1) + "\n";
        assertEquals("😀".repeat(LogTail.CHARACTERS - 1) + "\n", LogTail.cut(text));
    }
}
