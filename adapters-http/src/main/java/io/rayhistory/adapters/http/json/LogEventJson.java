package io.rayhistory.adapters.http.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.rayhistory.domain.history.LogEvent;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** An event of {@code logs/events} as {@code /events} shows it: the object of the file in its own dialect, keys in camelCase. */
public final class LogEventJson {
    private static final JsonFactory JSON = JsonFactory.builder().build();

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    private LogEventJson() {
    }

    /** @param offset of the session's local time, in which Ray tells {@code time} */
    public static void write(JsonGenerator out, LogEvent event, ZoneOffset offset) throws IOException {
        try (JsonParser in = JSON.createParser(event.json())) {
            out.writeStartObject();
            if (in.nextToken() == JsonToken.START_OBJECT) {
                CamelCase.copyMembers(in, out);
            }
            out.writeStringField("time", TIME.format(Instant.ofEpochSecond(event.timeSeconds()).atOffset(offset)));
            out.writeEndObject();
        }
    }
}
