package io.rayhistory.adapters.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.rayhistory.application.port.EventCodec.Damage;
import io.rayhistory.domain.history.LogEvent;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Reads Ray's event log lines. Two dialects lie side by side: C++ (host_name, pid, number as timestamp) and Python
 * (source_hostname, source_pid, text as timestamp); Ray: {@code src/ray/util/event.cc}, {@code python/ray/_private/event}.
 */
final class LogEvents {
    /** Ray's own reader skips longer lines (Ray: {@code python/ray/dashboard/modules/event/event_utils.py}). */
    private static final int LONGEST_LINE = 2 << 20;

    private final RecordParser records;
    private final Consumer<LogEvent> sink;
    private final Consumer<Damage> damage;

    LogEvents(JsonFactory factory, Consumer<LogEvent> sink, Consumer<Damage> damage) throws IOException {
        this.records = new RecordParser(factory);
        this.sink = sink;
        this.damage = damage;
    }

    void decode(PlainStream file) throws IOException {
        RecordReader lines = RecordReader.lines(file, LONGEST_LINE);
        for (RecordReader.Found found = lines.next(); found != RecordReader.Found.END; found = lines.next()) {
            Damage bad = found == RecordReader.Found.OVERSIZE ? Damage.OVERSIZE
                    : line(lines.bytes(), lines.start, lines.end);
            if (bad == Damage.MALFORMED && found == RecordReader.Found.REMAINDER) {
                bad = file.damage() == null ? Damage.TRUNCATED : null;
            }
            if (bad != null) {
                damage.accept(bad);
            }
        }
    }

    private Damage line(byte[] bytes, int from, int to) throws IOException {
        try {
            return read(bytes, from, to);
        } catch (StreamConstraintsException e) {
            records.renew();
            return Damage.OVERSIZE;
        } catch (JsonProcessingException e) {
            records.renew();
            byte[] clean = new String(bytes, from, to - from, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
            return Arrays.equals(clean, 0, clean.length, bytes, from, to) ? Damage.MALFORMED
                    : line(clean, 0, clean.length);
        }
    }

    private Damage read(byte[] bytes, int from, int to) throws IOException {
        JsonParser parser = records.start(bytes, from, to);
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            records.renew();
            return Damage.MALFORMED;
        }
        Map<String, String> fields = new HashMap<>();
        Map<String, String> custom = new HashMap<>();
        StringWriter json = new StringWriter(to - from);
        try (JsonGenerator out = JsonText.writer(json)) {
            out.writeStartObject();
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                JsonToken token = parser.nextToken();
                out.writeFieldName(name);
                if (name.equals("custom_fields") && token == JsonToken.START_OBJECT) {
                    customFields(parser, out, custom);
                } else if (name.equals("message") && token == JsonToken.VALUE_STRING) {
                    fields.put(name, unescaped(parser.getText()));
                    out.writeString(fields.get(name));
                } else {
                    keepScalar(parser, name, fields);
                    JsonText.copy(parser, out, UnaryOperator.identity());
                }
            }
            out.writeEndObject();
        }
        if (!records.finished()) {
            records.renew();
            return Damage.MALFORMED;
        }
        if (fields.getOrDefault("event_id", "").isEmpty()) {
            return Damage.INVALID;
        }
        sink.accept(event(fields, custom, json.toString()));
        return null;
    }

    private static void customFields(JsonParser parser, JsonGenerator out, Map<String, String> custom)
            throws IOException {
        out.writeStartObject();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            out.writeFieldName(name);
            keepScalar(parser, name, custom);
            JsonText.copy(parser, out, UnaryOperator.identity());
        }
        out.writeEndObject();
    }

    private static void keepScalar(JsonParser parser, String name, Map<String, String> fields) throws IOException {
        JsonToken token = parser.currentToken();
        if (token.isScalarValue() && token != JsonToken.VALUE_NULL) {
            fields.put(name, parser.getText());
        }
    }

    private static LogEvent event(Map<String, String> fields, Map<String, String> custom, String json) {
        return new LogEvent(fields.get("event_id"), seconds(fields.getOrDefault("timestamp", "")),
                fields.getOrDefault("severity", ""), fields.getOrDefault("source_type", ""),
                fields.getOrDefault("label", ""), fields.getOrDefault("message", ""),
                custom.getOrDefault("job_id", ""), custom.getOrDefault("submission_id", ""),
                fields.getOrDefault("host_name", fields.getOrDefault("source_hostname", "")),
                fields.getOrDefault("pid", fields.getOrDefault("source_pid", "")), json);
    }

    private static long seconds(String timestamp) {
        try {
            return (long) Double.parseDouble(timestamp);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** The writers put two characters for a line's end, so that an event stays one line even before it is JSON. */
    private static String unescaped(String message) {
        return message.replace("\\n", "\n").replace("\\r", "\n");
    }
}
