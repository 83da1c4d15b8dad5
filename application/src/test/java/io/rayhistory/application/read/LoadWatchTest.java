package io.rayhistory.application.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rayhistory.domain.HistoryException;
import org.junit.jupiter.api.Test;

import java.time.Duration;

class LoadWatchTest {

    @Test
    void aLoadBeyondItsTimeIsEnded() {
        HistoryException failure = assertThrows(HistoryException.class,
                () -> new LoadWatch("ns/c/s", Duration.ofNanos(-1)).run());
        assertEquals(HistoryException.Kind.UNAVAILABLE, failure.kind());
        assertTrue(failure.getMessage().contains("ns/c/s"), failure.getMessage());
    }

    @Test
    void aLoadWithinItsTimeGoesOn() {
        new LoadWatch("ns/c/s", Duration.ofDays(1)).run();
    }
}
