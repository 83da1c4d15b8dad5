package io.rayhistory.adapters.http.json;

import com.fasterxml.jackson.core.JsonGenerator;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** What a writer writes, as text. */
final class Json {

    private Json() {
    }

    static String of(JsonBody body) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JsonAnswers.JSON.createGenerator(text)) {
            body.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** JSON written with single quotes, for readable tests. */
    static String quoted(String json) {
        return json.replace('\'', '"');
    }
}
