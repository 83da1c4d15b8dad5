package io.rayhistory.adapters.http.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.Random;

/** The looked-up text of a time must be the one that the general method computes, to the last digit. */
class TimeTextsTest {

    private static void check(double value, String where) {
        assertEquals(JsonValues.plain(value), Json.of(out -> JsonValues.floating(out, value)), () -> where + ": " + value);
    }

    @Test
    void timesLookAsIfComputed() {
        long seed = 7;
        Random random = new Random(seed);
        for (int i = 0; i < 200_000; i++) {
            long ns = 1_104_537_600_000_000_000L + (long) (random.nextDouble() * 1e18);
            check(ns / 1e6, "milliseconds, seed " + seed);
            check(ns / 1e6 * 1e3, "microseconds, seed " + seed);
            double later = (ns + random.nextInt(1 << random.nextInt(30))) / 1e6 * 1e3;
            check(later - ns / 1e6 * 1e3, "difference, seed " + seed);
        }
    }

    @Test
    void soDoNumbersAtTheEdges() {
        for (int power = -5; power < 55; power++) {
            for (double value = Math.scalb(1.0, power), step = Math.ulp(value), n = -3; n <= 3; n++) {
                check(value + n * step, "near 2^" + power);
                check(-(value + n * step), "near -2^" + power);
                check(Math.floor(value) + n / 4, "quarters near 2^" + power);
            }
        }
        check(0, "zero");
        check(-0.0, "negative zero");
    }
}
