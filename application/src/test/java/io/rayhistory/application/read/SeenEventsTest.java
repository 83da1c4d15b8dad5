package io.rayhistory.application.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;

class SeenEventsTest {

    @Test
    void anIdIsNewOnce() {
        long seed = 3;
        Random random = new Random(seed);
        SeenEvents seen = new SeenEvents();
        Set<String> standard = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            String id = Long.toHexString(random.nextInt(60_000) * 0x9e3779b97f4a7c15L);
            assertEquals(standard.add(id), seen.add(id), "seed " + seed + " step " + i);
        }
    }

    @Test
    void eventsWithoutAnIdAreNeverRepeats() {
        SeenEvents seen = new SeenEvents();
        assertTrue(seen.add(""));
        assertTrue(seen.add(""));
    }
}
