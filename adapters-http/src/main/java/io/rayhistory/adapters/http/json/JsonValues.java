package io.rayhistory.adapters.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.NumberOutput;

import java.io.IOException;
import java.util.Map;

/** Values as Ray's dashboard spells them: unknown text is {@code null}, floats have a point and no exponent. */
final class JsonValues {
    /** Above this exponent Python's {@code repr} switches to the scientific form, too. */
    private static final int LARGEST_PLAIN_EXPONENT = 15;

    private JsonValues() {
    }

    /** A text member, {@code null} when it is {@code ""}. */
    static void textOrNull(JsonGenerator out, String field, String value) throws IOException {
        out.writeFieldName(field);
        textOrNull(out, value);
    }

    static void textOrNull(JsonGenerator out, String value) throws IOException {
        if (value.isEmpty()) {
            out.writeNull();
        } else {
            out.writeString(value);
        }
    }

    /** A whole number, {@code null} when it is 0. */
    static void numberOrNull(JsonGenerator out, String field, long value) throws IOException {
        out.writeFieldName(field);
        if (value == 0) {
            out.writeNull();
        } else {
            out.writeNumber(value);
        }
    }

    /** Whole milliseconds as the float Ray sends ({@code 1795375941754.0}), {@code null} when 0. */
    static void millisecondsOrNull(JsonGenerator out, long milliseconds) throws IOException {
        if (milliseconds == 0) {
            out.writeNull();
        } else {
            wholeFloat(out, milliseconds);
        }
    }

    /** A whole number with {@code .0} behind it. */
    static void wholeFloat(JsonGenerator out, long value) throws IOException {
        out.writeNumber(value);
        out.writeRaw(".0");
    }

    static void floating(JsonGenerator out, String field, double value) throws IOException {
        out.writeFieldName(field);
        floating(out, value);
    }

    static void floating(JsonGenerator out, double value) throws IOException {
        if (!Double.isFinite(value)) {
            out.writeNull();
        } else if (!TimeTexts.write(out, value)) {
            out.writeNumber(plain(value));
        }
    }

    static void resources(JsonGenerator out, String field, Map<String, Double> resources) throws IOException {
        out.writeObjectFieldStart(field);
        for (Map.Entry<String, Double> resource : resources.entrySet()) {
            floating(out, resource.getKey(), resource.getValue());
        }
        out.writeEndObject();
    }

    static void labels(JsonGenerator out, String field, Map<String, String> labels) throws IOException {
        out.writeObjectFieldStart(field);
        for (Map.Entry<String, String> label : labels.entrySet()) {
            out.writeStringField(label.getKey(), label.getValue());
        }
        out.writeEndObject();
    }

    /** Whatever an event's free part may hold: text, number, boolean, map, list or nothing. */
    static void any(JsonGenerator out, Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            out.writeStartObject();
            for (Map.Entry<?, ?> member : map.entrySet()) {
                out.writeFieldName(String.valueOf(member.getKey()));
                any(out, member.getValue());
            }
            out.writeEndObject();
        } else if (value instanceof Iterable<?> list) {
            out.writeStartArray();
            for (Object element : list) {
                any(out, element);
            }
            out.writeEndArray();
        } else if (value instanceof Double || value instanceof Float) {
            floating(out, ((Number) value).doubleValue());
        } else if (value instanceof Number number) {
            out.writeNumber(number.toString());
        } else if (value instanceof Boolean flag) {
            out.writeBoolean(flag);
        } else if (value == null) {
            out.writeNull();
        } else {
            out.writeString(value.toString());
        }
    }

    /** The shortest text that reads back as the same double, without an exponent for numbers of everyday size. */
    static String plain(double value) {
        String text = NumberOutput.toString(value, true);
        int e = text.indexOf('E');
        if (e < 0) {
            return text;
        }
        int exponent = Integer.parseInt(text.substring(e + 1));
        if (exponent < 0 || exponent > LARGEST_PLAIN_EXPONENT) {
            return text;
        }
        int sign = text.charAt(0) == '-' ? 1 : 0;
        String digits = text.charAt(sign) + text.substring(sign + 2, e);
        int point = 1 + exponent;
        StringBuilder plain = new StringBuilder(24).append(text, 0, sign);
        if (digits.length() <= point) {
            plain.append(digits).append("0".repeat(point - digits.length())).append(".0");
        } else {
            plain.append(digits, 0, point).append('.').append(digits, point, digits.length());
        }
        return plain.toString();
    }
}
