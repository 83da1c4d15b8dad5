package io.rayhistory.adapters.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** What JSON allows within a token. */
final class JsonGrammar {
    /** The last three are none of JSON's, but Python writes them and our own reader takes them. */
    private static final List<byte[]> WORDS = List.of(word("true"), word("false"), word("null"), word("NaN"), word("Infinity"),
            word("-Infinity"));

    /** True for the bytes at which a number or a word ends. */
    private static final boolean[] ENDS_SCALAR = new boolean[256];

    static {
        " \t\r\n,:\"{}[]".chars().forEach(c -> ENDS_SCALAR[c] = true);
    }

    private JsonGrammar() {
    }

    static boolean endsScalar(byte b) {
        return ENDS_SCALAR[b & 255];
    }

    /** True for a number that has neither fraction nor exponent. */
    static boolean isInteger(byte[] bytes, int from, int to) {
        return digits(bytes, bytes[from] == '-' ? from + 1 : from, to) == to;
    }

    /** True for a text's inside whose backslashes all start an escape. */
    static boolean areEscapes(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != '\\') {
                continue;
            }
            i++;
            if (i == to || "\"\\/bfnrtu".indexOf(bytes[i]) < 0) {
                return false;
            }
            if (bytes[i] == 'u') {
                for (int digit = 0; digit < 4; digit++) {
                    if (++i >= to || Character.digit((char) bytes[i], 16) < 0) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /** True for a number, {@code true}, {@code false} and {@code null}. */
    static boolean isScalar(byte[] bytes, int from, int to) {
        byte first = bytes[from];
        if (first == '-' && to - from > 1 && bytes[from + 1] <= '9' || first >= '0' && first <= '9') {
            return isNumber(bytes, first == '-' ? from + 1 : from, to);
        }
        for (byte[] word : WORDS) {
            if (word.length == to - from && Arrays.equals(word, 0, word.length, bytes, from, to)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isNumber(byte[] bytes, int from, int to) {
        int i = digits(bytes, from, to);
        if (i == from || bytes[from] == '0' && i > from + 1) {
            return false;
        }
        if (i < to && bytes[i] == '.') {
            int fraction = i + 1;
            i = digits(bytes, fraction, to);
            if (i == fraction) {
                return false;
            }
        }
        if (i < to && (bytes[i] == 'e' || bytes[i] == 'E')) {
            int exponent = i + 1 < to && (bytes[i + 1] == '+' || bytes[i + 1] == '-') ? i + 2 : i + 1;
            i = digits(bytes, exponent, to);
            if (i == exponent) {
                return false;
            }
        }
        return i == to;
    }

    private static int digits(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && bytes[i] >= '0' && bytes[i] <= '9') {
            i++;
        }
        return i;
    }

    private static byte[] word(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
