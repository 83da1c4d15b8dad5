package io.rayhistory.bootstrap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

final class QuantitiesTest {

    @ParameterizedTest
    @CsvSource({"0,0", "17,17", "1k,1024", "512m,536870912", "2g,2147483648", "1t,1099511627776", "1Ki,1024", "512Mi,536870912",
            "2Gi,2147483648", "1K,1000", "512M,512000000", "2G,2000000000"})
    void sizesAreThoseOfTheJvmAndOfKubernetes(String text, long bytes) {
        assertEquals(bytes, Quantities.bytes(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "m", "-1", "1.5g", "1 g", "1mb", "1gI", "999999999999999t", "1e3", "９"})
    void whatIsNoSizeIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Quantities.bytes(text));
    }

    @Test
    void timesAreThoseOfGo() {
        assertEquals(Duration.ZERO, Quantities.duration("0"));
        assertEquals(Duration.ofSeconds(90), Quantities.duration("90s"));
        assertEquals(Duration.ofMinutes(90), Quantities.duration("1h30m"));
        assertEquals(Duration.ofMillis(1_500), Quantities.duration("1s500ms"));
        assertEquals(Duration.ofMinutes(30), Quantities.duration("30m"));
        assertEquals(Duration.ofMinutes(90), Quantities.duration("1.5h"));
        assertEquals(Duration.ofNanos(1_500), Quantities.duration("1µs500ns"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "m", "30 m", "1h 30m", "-5s", "1d", "1.h", ".5h", "30min", "9999999999s"})
    void whatIsNoTimeIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Quantities.duration(text));
    }
}
