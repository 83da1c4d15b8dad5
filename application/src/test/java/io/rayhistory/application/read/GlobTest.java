package io.rayhistory.application.read;

import io.rayhistory.domain.HistoryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

final class GlobTest {

    @ParameterizedTest
    @CsvSource({"*,raylet.out", "*,.hidden", "*,serve/", "*.out,raylet.out", "raylet.*,raylet.out", "r?ylet.out,raylet.out", "[pqr]aylet.*,raylet.out",
            "[!abc]aylet.*,raylet.out", "[a-z]*,raylet.out", "[]x]y,]y", "[!]]y,xy", "a[b,a[b", "[a-]x,-x", "[*]x,*x", "serve/*,serve/controller_1.log",
            "**/*,raylet.out", "**/*,serve/", "**/*,serve/x.log", "**/*,a/b/c/", "**/*.log,x.log", "**/*.log,a/b/x.log", "**,serve/", "**,a/b/",
            "a/**/x,a/x", "a/**/x,a/b/c/x", "**/b/**/*,a/b/c", "**/**/x,x", "./x,x", "*/,serve/", "*a*b*c,xaybzc", "b*,b", "x/./y,x/y", "ä*,äb"})
    void matchesAsPathlibDoes(String pattern, String name) {
        assertTrue(new Glob(pattern).matches(name));
    }

    @ParameterizedTest
    @CsvSource({"*,serve/x.log", "*.out,raylet.err", "*.OUT,raylet.out", "?,ab", "r*,dashboard.log", "[!r]*,raylet.out", "serve/*,serve/", "serve/*,serve/a/b",
            "**,raylet.out", "*/,raylet.out", "a/**/x,b/x", "a/**/x,a/y", "**/b/**/*,a/b/", "{a,b},a", "x,x/y", "*a*b*c,xaybz", "[a-c]x,dx"})
    void doesNotMatchMore(String pattern, String name) {
        assertFalse(new Glob(pattern).matches(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/x", "/", "..", "../x", "a/../b", "a/.."})
    void whatLeavesTheFolderIsRefusedInRaysWords(String pattern) {
        HistoryException refused = assertThrows(HistoryException.class, () -> new Glob(pattern));
        assertEquals("Invalid glob filter: " + pattern + ". It must be a relative path and cannot contain '..'.", refused.getMessage());
        assertEquals(HistoryException.Kind.INVALID, refused.kind());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a//b", "a**", "***", "**b/x", "a\nb", "a\u0000b"})
    void whatPathlibCannotReadIsRefused(String pattern) {
        HistoryException refused = assertThrows(HistoryException.class, () -> new Glob(pattern));
        assertTrue(refused.getMessage().startsWith("Invalid glob filter: "), refused.getMessage());
    }

    @Test
    void twoDotsWithinANameAreNoParent() {
        assertTrue(new Glob("a..b").matches("a..b"));
        assertTrue(new Glob("...").matches("..."));
    }

    @Test
    void hostilePatternsTakeNoLongerThanOthers() {
        String stars = "*a".repeat(400) + "b";
        assertFalse(new Glob(stars).matches("a".repeat(10_000)));
        assertFalse(new Glob("**/a/".repeat(150) + "b").matches("a/".repeat(2_000) + "c"));
        assertThrows(HistoryException.class, () -> new Glob("x".repeat(1_001)));
    }
}
