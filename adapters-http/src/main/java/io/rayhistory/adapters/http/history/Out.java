package io.rayhistory.adapters.http.history;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rayhistory.domain.history.Provenance;

import java.io.IOException;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;

/** How this API writes what all rows have in common. */
final class Out {

    private Out() {
    }

    /** A time in milliseconds, null for none. */
    static void ms(JsonGenerator out, String name, long ms) throws IOException {
        if (ms <= 0) {
            out.writeNullField(name);
        } else {
            out.writeNumberField(name, ms);
        }
    }

    /** Start, end and what lies between; what has no end lasts until the record ends. */
    static void times(JsonGenerator out, long startMs, long endMs, long recordEndMs) throws IOException {
        ms(out, "startMs", startMs);
        ms(out, "endMs", endMs);
        out.writeFieldName("durationMs");
        long duration = duration(startMs, endMs, recordEndMs);
        if (duration < 0) {
            out.writeNull();
        } else {
            out.writeNumber(duration);
        }
    }

    /** -1 for what never started. */
    static long duration(long startMs, long endMs, long recordEndMs) {
        return startMs <= 0 ? -1 : Math.max(0, (endMs > 0 ? endMs : recordEndMs) - startMs);
    }

    static void source(JsonGenerator out, Provenance provenance, String inferredFrom) throws IOException {
        out.writeStringField("source", provenance.name().toLowerCase(Locale.ROOT));
        out.writeStringField("inferredFrom", inferredFrom);
    }

    static void positive(JsonGenerator out, String name, long number) throws IOException {
        if (number > 0) {
            out.writeNumberField(name, number);
        } else {
            out.writeNullField(name);
        }
    }

    static void numbers(JsonGenerator out, String name, Map<String, ? extends Number> numbers) throws IOException {
        out.writeObjectFieldStart(name);
        for (Map.Entry<String, ? extends Number> each : numbers.entrySet()) {
            if (each.getValue() instanceof Double number) {
                out.writeNumberField(each.getKey(), number);
            } else {
                out.writeNumberField(each.getKey(), each.getValue().longValue());
            }
        }
        out.writeEndObject();
    }

    static void texts(JsonGenerator out, String name, Map<String, String> texts) throws IOException {
        out.writeObjectFieldStart(name);
        for (Map.Entry<String, String> each : texts.entrySet()) {
            out.writeStringField(each.getKey(), each.getValue());
        }
        out.writeEndObject();
    }

    static void texts(JsonGenerator out, String name, Collection<String> texts) throws IOException {
        out.writeArrayFieldStart(name);
        for (String text : texts) {
            out.writeString(text);
        }
        out.writeEndArray();
    }
}
