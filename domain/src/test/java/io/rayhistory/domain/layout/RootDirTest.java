package io.rayhistory.domain.layout;

import io.rayhistory.domain.HistoryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

final class RootDirTest {

    @ParameterizedTest
    @CsvSource({"'',''", "' ',''", ".,''", "./,''", "ray,ray/", "ray/,ray/", "' ray ',ray/", "./ray,ray/", "a//b,a/b/", "a/./b/,a/b/",
            "/,''", "//,''", "/ray,ray/", "/ray/,ray/", "my dir,my dir/"})
    void theRootNeverLeadsOrTrailsWithASlash(String given, String prefix) {
        assertEquals(prefix, RootDir.of(given).prefix());
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../ray", "a/../ray", "a\\b", "a\tb", "a\u0000b", "/../x"})
    void whatWouldMoveTheRootIsRefused(String given) {
        HistoryException refused = assertThrows(HistoryException.class, () -> RootDir.of(given));
        assertEquals(HistoryException.Kind.INVALID, refused.kind());
        assertTrue(refused.getMessage().contains("root dir"), refused.getMessage());
    }

    @Test
    void aRootGivenWithASlashIsReadBothWays() {
        assertEquals(List.of("ray/", "/ray/"), RootDir.of("/ray").readPrefixes());
        assertEquals(List.of("", "/"), RootDir.of("/").readPrefixes());
        assertTrue(RootDir.of("/ray").readsLeadingSlash());
        assertEquals(List.of("ray/"), RootDir.of("ray").readPrefixes());
        assertFalse(RootDir.of("ray").readsLeadingSlash());
    }
}
