package io.rayhistory.domain.id;

import io.rayhistory.domain.HistoryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

final class SessionNameTest {

    @ParameterizedTest
    @CsvSource({"session_2026-11-22_19-32-05_016858_13672,2026-11-22T19:32:05.016858Z",
            "session_2026-11-22_19-32-05_016858,2026-11-22T19:32:05.016858Z", "session_2026-11-22_19-32-05,2026-11-22T19:32:05Z",
            "session_2026-11-22_19-32-05_16858_1,2026-11-22T19:32:05.016858Z", "session_2026-11-22_19-32-05_1_1,2026-11-22T19:32:05.000001Z"})
    void theNameTellsTheStart(String name, Instant start) {
        assertEquals(Optional.of(start), SessionName.of(name).start(ZoneOffset.UTC));
    }

    @ParameterizedTest
    @ValueSource(strings = {"xsession_2026-11-22_19-32-05_0168589999", "session_2026-13-22_19-32-05_016858_1",
            "session_2026-11-22_24-32-05_016858_1", "session_2026-02-30_19-32-05", "my-session", "test-recovery-session-x", "session_",
            "session_2026-11-22_19-32-05_", "session_2026-11-22_19-32-05_0168581_1", "session_2026-11-22_19-32-05_016858_x"})
    void otherNamesAreSessionsWithoutAKnownStart(String name) {
        assertEquals(Optional.empty(), SessionName.of(name).localStart());
        assertEquals(name, SessionName.of(name).text());
    }

    @Test
    void theStartIsOnTheHeadsClock() {
        assertEquals(Optional.of(Instant.parse("2026-11-22T14:02:05Z")),
                SessionName.of("session_2026-11-22_19-32-05").start(ZoneOffset.ofHoursMinutes(5, 30)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "a b", "session_ü", "a\\b", "a\n", "a%2Fb"})
    void unsafeNamesAreRefused(String name) {
        assertFalse(SessionName.isSafe(name));
        HistoryException refused = assertThrows(HistoryException.class, () -> SessionName.of(name));
        assertEquals(HistoryException.Kind.INVALID, refused.kind());
        assertTrue(refused.getMessage().contains("expected letters"), refused.getMessage());
    }

    @Test
    void anythingElseIsSafe() {
        assertTrue(SessionName.isSafe("anything"));
        assertTrue(SessionName.isSafe("..."));
        assertTrue(SessionName.isSafe("-_."));
    }
}
