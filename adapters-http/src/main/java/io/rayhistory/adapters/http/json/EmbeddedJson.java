package io.rayhistory.adapters.http.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;

/**
 * JSON text that travels inside events as a string and is shown as JSON. It is read to its end before the first byte of
 * it is written, so bad text never leaves a broken answer behind.
 */
final class EmbeddedJson {
    static final JsonFactory FACTORY = new JsonFactory();

    private EmbeddedJson() {
    }

    /** What a text is. */
    enum Shape { OBJECT, OTHER, BROKEN }

    static Shape shapeOf(String text) throws IOException {
        try (JsonParser in = FACTORY.createParser(text)) {
            JsonToken first = in.nextToken();
            if (first == null) {
                return Shape.BROKEN;
            }
            in.skipChildren();
            if (in.currentToken() == null || in.nextToken() != null) {
                return Shape.BROKEN;
            }
            return first == JsonToken.START_OBJECT ? Shape.OBJECT : Shape.OTHER;
        } catch (JsonProcessingException e) {
            return Shape.BROKEN;
        }
    }

    /** Copies a text that is known to be well formed. */
    static void copy(JsonGenerator out, String text) throws IOException {
        try (JsonParser in = FACTORY.createParser(text)) {
            in.nextToken();
            out.copyCurrentStructure(in);
        }
    }

    /** The text as JSON; {@code {}} when it is empty, {@code {"raw": text}} when it is no JSON. */
    static void copyOrRaw(JsonGenerator out, String text) throws IOException {
        if (text.isEmpty() || text.equals("{}")) {
            out.writeStartObject();
            out.writeEndObject();
        } else if (shapeOf(text) == Shape.BROKEN) {
            out.writeStartObject();
            out.writeStringField("raw", text);
            out.writeEndObject();
        } else {
            copy(out, text);
        }
    }

    /** Copies the value of a member of an object; {@code {}} when the text is no object or has no such member. */
    static void copyMemberOrEmpty(JsonGenerator out, String text, String member) throws IOException {
        if (!text.isEmpty() && shapeOf(text) == Shape.OBJECT) {
            try (JsonParser in = FACTORY.createParser(text)) {
                in.nextToken();
                while (in.nextToken() == JsonToken.FIELD_NAME) {
                    boolean found = in.currentName().equals(member);
                    JsonToken value = in.nextToken();
                    if (found && value == JsonToken.START_OBJECT) {
                        out.copyCurrentStructure(in);
                        return;
                    }
                    in.skipChildren();
                }
            }
        }
        out.writeStartObject();
        out.writeEndObject();
    }
}
