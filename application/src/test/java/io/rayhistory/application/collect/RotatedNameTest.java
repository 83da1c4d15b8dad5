package io.rayhistory.application.collect;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;

final class RotatedNameTest {

    @Test
    void pythonsAndSpdlogsWaysAreKnown() {
        assertEquals(List.of(new RotatedName("dashboard.log", 1)), RotatedName.readings("dashboard.log.1"));
        assertEquals(List.of(new RotatedName("raylet.out", 12)), RotatedName.readings("raylet.12.out"));
        assertEquals(List.of(new RotatedName("serve/a.log", 3)), RotatedName.readings("serve/a.3.log"));
    }

    @Test
    void otherNamesAreNoRotation() {
        for (String path : List.of("raylet.out", "worker-ab-01000000-17.out", "event_1.log", "x.0", "x.01", "x.1234", "1", ".1", "a/.1", "v1.2/log")) {
            assertEquals(List.of(), RotatedName.readings(path), path);
        }
    }

    @Test
    void theNumberCountsForItsBaseOnly() {
        assertEquals(2, RotatedName.number("raylet.2.out", "raylet.out"));
        assertEquals(0, RotatedName.number("raylet.2.out", "raylet.err"));
    }
}
