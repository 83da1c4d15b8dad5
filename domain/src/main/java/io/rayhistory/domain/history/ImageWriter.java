package io.rayhistory.domain.history;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Values with some structure, as a {@link ImageReader} reads them. */
final class ImageWriter {
    static final int TEXT = 0;
    static final int WHOLE = 1;
    static final int REAL = 2;
    static final int NO = 3;
    static final int YES = 4;
    static final int LIST = 5;
    static final int MAP = 6;

    private final ImageSink sink;

    ImageWriter(ImageSink sink) {
        this.sink = sink;
    }

    ImageSink sink() {
        return sink;
    }

    ImageWriter number(long value) {
        sink.number(value);
        return this;
    }

    ImageWriter text(String text) {
        sink.text(text);
        return this;
    }

    ImageWriter real(double value) {
        sink.number(Double.doubleToRawLongBits(value));
        return this;
    }

    ImageWriter flag(boolean value) {
        sink.number(value ? 1 : 0);
        return this;
    }

    ImageWriter word(Enum<?> value) {
        sink.number(value.ordinal());
        return this;
    }

    /** @param value may be {@code null} */
    <T> ImageWriter optional(T value, BiConsumer<ImageWriter, T> write) {
        flag(value != null);
        if (value != null) {
            write.accept(this, value);
        }
        return this;
    }

    <T> ImageWriter list(List<T> values, BiConsumer<ImageWriter, T> write) {
        sink.number(values.size());
        values.forEach(value -> write.accept(this, value));
        return this;
    }

    /** In the map's own order, which is part of answers. */
    <V> ImageWriter map(Map<String, V> values, BiConsumer<ImageWriter, V> write) {
        sink.number(values.size());
        values.forEach((key, value) -> {
            sink.text(key);
            write.accept(this, value);
        });
        return this;
    }

    ImageWriter texts(Map<String, String> values) {
        return map(values, ImageWriter::text);
    }

    ImageWriter reals(Map<String, Double> values) {
        return map(values, ImageWriter::real);
    }

    /** Text, {@code Long}, {@code Double}, {@code Boolean}, or a list or map of such. */
    ImageWriter any(Object value) {
        if (value instanceof String text) {
            return number(TEXT).text(text);
        } else if (value instanceof Long whole) {
            return number(WHOLE).number(whole);
        } else if (value instanceof Double real) {
            return number(REAL).real(real);
        } else if (value instanceof Boolean truth) {
            return number(truth ? YES : NO);
        } else if (value instanceof List<?> list) {
            return number(LIST).list(list, ImageWriter::any);
        } else if (value instanceof Map<?, ?> map) {
            number(MAP).number(map.size());
            map.forEach((key, inner) -> text((String) key).any(inner));
            return this;
        }
        throw new IllegalArgumentException("no value of an event: " + value);
    }
}
