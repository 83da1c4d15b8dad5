package io.rayhistory.domain.layout;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

final class StoragePathTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, value = {
            "''|metadir", "ray|ray/metadir", "ray/|ray/metadir", "./ray|ray/metadir", "a/../ray|ray/metadir",
            "a//b|a/b/metadir", "a/./b|a/b/metadir", "/|/metadir", "//|/metadir", "/ray|/ray/metadir", "/ray/|/ray/metadir",
            ".|metadir", "..|../metadir", "../ray|../ray/metadir", "/../x|/x/metadir", " ray | ray /metadir"})
    void joinsARootAsThePeerDoes(String root, String expected) {
        assertEquals(expected, StoragePath.join(root, "metadir"));
    }

    @ParameterizedTest
    @CsvSource({"AQAAAA==,job_events/AQAAAA==", "/////w==,job_events/w==", "ab/cd==,job_events/ab/cd==", "'',job_events",
            "..,.", "../..,..", "a/..,job_events", "//,job_events"})
    void joinsAJobIdAsThePeerDoes(String job, String expected) {
        assertEquals(expected, StoragePath.join("job_events", job));
    }

    @Test
    void nothingJoinsToNothing() {
        assertEquals("", StoragePath.join());
        assertEquals("", StoragePath.join("", ""));
        assertEquals("/", StoragePath.join("", "/"));
        assertEquals(".", StoragePath.clean(""));
    }

    @Test
    void whatIsJoinedIsClean() {
        long seed = 31;
        Random random = new Random(seed);
        String[] pieces = {"", ".", "..", "/", "//", "a", "b.c", "...", "/x", "y/", "./z", "é", " "};
        for (int round = 0; round < 20_000; round++) {
            String[] elements = new String[random.nextInt(5)];
            for (int i = 0; i < elements.length; i++) {
                elements[i] = pieces[random.nextInt(pieces.length)] + pieces[random.nextInt(pieces.length)];
            }
            String joined = StoragePath.join(elements);
            String told = "seed " + seed + ", round " + round + ": " + String.join("|", elements) + " -> " + joined;
            assertEquals(joined, StoragePath.join(joined), told);
            assertFalse(joined.contains("//"), told);
            assertTrue(joined.equals("/") || !joined.endsWith("/"), told);
            assertTrue(joined.equals(".") || !("/" + joined + "/").contains("/./"), told);
            assertFalse(("/" + joined + "/").matches(".*/[^/]*[^./][^/]*/\\.\\./.*"), told);
        }
    }
}
