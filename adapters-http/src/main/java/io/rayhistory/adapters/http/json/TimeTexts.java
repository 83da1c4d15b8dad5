package io.rayhistory.adapters.http.json;

import com.fasterxml.jackson.core.JsonGenerator;

import java.io.IOException;

/**
 * The text of times as doubles, which are most of the numbers of a timeline. A double between 2^40 and 2^41 (milliseconds
 * of the years 2004 to 2039) has 12 bits behind the point, one between 2^50 and 2^51 (their microseconds) has two: the
 * shortest decimal that reads back as the same double has a whole part of always as many digits, so that its
 * fraction depends on those bits alone. They are looked up instead of computed; the first use computes them with the
 * general method. A small multiple of 1/4 is exact.
 */
final class TimeTexts {
    private static final double MILLISECONDS = 0x1p40;
    private static final double MICROSECONDS = 0x1p50;
    /** Below it multiples of 1/4 have few enough digits to be their own shortest text. */
    private static final double SMALL = 0x1p32;
    private static final int MILLISECOND_BITS = 1 << 12;
    private static final int MICROSECOND_BITS = 1 << 2;
    private static final String[] MILLISECOND_FRACTIONS = fractions(MILLISECONDS, MILLISECOND_BITS);
    private static final String[] MICROSECOND_FRACTIONS = fractions(MICROSECONDS, MICROSECOND_BITS);
    private static final String[] QUARTERS = {".0", ".25", ".5", ".75"};

    private TimeTexts() {
    }

    private static String[] fractions(double whole, int bits) {
        String[] fractions = new String[bits];
        for (int i = 0; i < bits; i++) {
            String text = JsonValues.plain(whole + (double) i / bits);
            fractions[i] = text.substring(text.indexOf('.'));
        }
        return fractions;
    }

    /** Writes the number if it is one of these; false, without a word, if it is not. */
    static boolean write(JsonGenerator out, double value) throws IOException {
        if (value >= MILLISECONDS && value < 2 * MILLISECONDS) {
            return write(out, value, MILLISECOND_FRACTIONS);
        }
        if (value >= MICROSECONDS && value < 2 * MICROSECONDS) {
            return write(out, value, MICROSECOND_FRACTIONS);
        }
        if (value >= 1 && value < SMALL && value * 4 == (long) (value * 4)) {
            return write(out, value, QUARTERS);
        }
        return false;
    }

    private static boolean write(JsonGenerator out, double value, String[] fractions) throws IOException {
        long whole = (long) value;
        out.writeNumber(whole);
        out.writeRaw(fractions[(int) ((value - whole) * fractions.length)]);
        return true;
    }
}
