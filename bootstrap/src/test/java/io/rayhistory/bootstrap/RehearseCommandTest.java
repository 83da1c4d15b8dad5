package io.rayhistory.bootstrap;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

/** A rehearsal that fails leaves nothing to share, and nobody would notice. */
final class RehearseCommandTest {
    @Test
    void everyQuestionAndThePostAreAnswered() {
        Said said = Said.by("rehearse");
        assertEquals(0, said.code(), said.err());
        assertEquals("", said.out());
    }

    @Test
    void itIsNoCommandForPeople() {
        assertFalse(Said.by("--help").out().contains("rehearse"));
    }
}
