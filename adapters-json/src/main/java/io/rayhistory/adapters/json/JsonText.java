package io.rayhistory.adapters.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;
import java.io.StringWriter;
import java.util.function.UnaryOperator;

/** Copies a value as compact JSON text, numbers exactly as they came. */
final class JsonText {
    private static final JsonFactory WRITER = new JsonFactory();

    private JsonText() {
    }

    /** The current value with its field names in snake_case. */
    static String snakeCased(FieldReader in) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = WRITER.createGenerator(text)) {
            copy(in.parser(), out, SnakeCase::of);
        }
        return text.toString();
    }

    static JsonGenerator writer(StringWriter text) throws IOException {
        return WRITER.createGenerator(text);
    }

    /** Copies the current value, all of it; the parser ends on its last token. */
    static void copy(JsonParser parser, JsonGenerator out, UnaryOperator<String> names) throws IOException {
        int depth = 0;
        do {
            JsonToken token = depth == 0 ? parser.currentToken() : parser.nextToken();
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            }
            switch (token) {
                case FIELD_NAME -> out.writeFieldName(names.apply(parser.currentName()));
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> out.writeNumber(parser.getText());
                default -> out.copyCurrentEvent(parser);
            }
        } while (depth > 0);
    }
}
