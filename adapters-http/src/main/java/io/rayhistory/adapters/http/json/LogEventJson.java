package io.rayhistory.adapters.http.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.rayhistory.domain.history.LogEvent;

import java.io.IOException;

/** An event of {@code logs/events} as {@code /events} shows it: the object of the file in its own dialect, keys in camelCase. */
public final class LogEventJson {
    private static final JsonFactory JSON = JsonFactory.builder().build();

    private LogEventJson() {
    }

    public static void write(JsonGenerator out, LogEvent event) throws IOException {
        try (JsonParser in = JSON.createParser(event.json())) {
            if (in.nextToken() == JsonToken.START_OBJECT) {
                CamelCase.copyObject(in, out);
            } else {
                out.writeNull();
            }
        }
    }
}
