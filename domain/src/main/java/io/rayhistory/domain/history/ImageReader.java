package io.rayhistory.domain.history;

import io.rayhistory.domain.HistoryException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What an {@link ImageWriter} wrote. Counts are believed only as far as values follow. */
final class ImageReader {
    /** JSON parsers refuse deeper nesting. */
    private static final int DEEPEST = 1000;

    private final ImageSource source;
    private int depth;

    ImageReader(ImageSource source) {
        this.source = source;
    }

    ImageSource source() {
        return source;
    }

    static HistoryException corrupt(String what) {
        return new HistoryException(HistoryException.Kind.CORRUPT, "No image of a history has " + what + ".");
    }

    long number() {
        return source.number();
    }

    /** A number from 0 to below a bound. */
    int number(long bound, String what) {
        long number = source.number();
        if (number < 0 || number >= bound) {
            throw corrupt(what + " " + number);
        }
        return (int) number;
    }

    int whole() {
        return (int) source.number();
    }

    String text() {
        return source.text();
    }

    double real() {
        return Double.longBitsToDouble(source.number());
    }

    boolean flag() {
        return number(2, "the flag") == 1;
    }

    <E extends Enum<E>> E word(E[] words) {
        return words[number(words.length, "word number")];
    }

    <T> T optional(Function<ImageReader, T> read) {
        return flag() ? read.apply(this) : null;
    }

    <T> List<T> list(Function<ImageReader, T> read) {
        int count = count();
        List<T> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(read.apply(this));
        }
        return Collections.unmodifiableList(values);
    }

    <V> Map<String, V> map(Function<ImageReader, V> read) {
        int count = count();
        if (count == 0) {
            return Map.of();
        }
        Map<String, V> values = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            values.put(source.text(), read.apply(this));
        }
        return Collections.unmodifiableMap(values);
    }

    private int count() {
        return number(Integer.MAX_VALUE, "the count");
    }

    Map<String, String> texts() {
        return map(ImageReader::text);
    }

    Map<String, Double> reals() {
        return map(ImageReader::real);
    }

    Object any() {
        if (++depth > DEEPEST) {
            throw corrupt("values nested deeper than " + DEEPEST);
        }
        try {
            int kind = number(ImageWriter.MAP + 1, "the kind of value");
            return switch (kind) {
                case ImageWriter.TEXT -> text();
                case ImageWriter.WHOLE -> number();
                case ImageWriter.REAL -> real();
                case ImageWriter.NO -> false;
                case ImageWriter.YES -> true;
                case ImageWriter.LIST -> list(ImageReader::any);
                default -> map(ImageReader::any);
            };
        } finally {
            depth--;
        }
    }
}
