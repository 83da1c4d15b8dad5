package io.rayhistory.adapters.http.json;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.rayhistory.domain.HistoryException;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** Runtime environments, with or without the values of their {@code env_vars}. */
public final class RuntimeEnvJson {
    static final String REDACTED = "<redacted>";

    private static final JsonFactory JSON = JsonFactory.builder().build();

    private RuntimeEnvJson() {
    }

    /** Writes the environment as an object; {@code {}} for text that is empty or no JSON object. */
    public static void writeObject(JsonGenerator out, String serialized, boolean redact) throws IOException {
        String text = serialized;
        if (!isObject(text)) {
            text = "{}";
        }
        try (JsonParser in = JSON.createParser(text)) {
            in.nextToken();
            copy(in, out, redact);
        }
    }

    /** The environment as text; redacted text that is no JSON is {@value #REDACTED} as a whole. */
    public static String text(String serialized, boolean redact) {
        if (!redact || serialized.isEmpty()) {
            return serialized;
        }
        StringWriter text = new StringWriter();
        try (JsonParser in = JSON.createParser(serialized); JsonGenerator out = JSON.createGenerator(text)) {
            in.nextToken();
            copy(in, out, true);
        } catch (JacksonException e) {
            return REDACTED;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** Copies a whole JSON document. */
    public static void copyAll(InputStream document, JsonGenerator out, boolean redact) throws IOException {
        try (JsonParser in = JSON.createParser(document)) {
            if (in.nextToken() == null) {
                throw new HistoryException(HistoryException.Kind.CORRUPT, "the stored answer is empty");
            }
            copy(in, out, redact);
        } catch (JacksonException e) {
            throw new HistoryException(HistoryException.Kind.CORRUPT, "the stored answer is no JSON", e);
        }
    }

    /**
     * Copies the value the parser stands on. Redacting replaces every value below a key {@code env_vars}, at any depth.
     */
    public static void copy(JsonParser in, JsonGenerator out, boolean redact) throws IOException {
        if (!redact) {
            out.copyCurrentStructure(in);
            return;
        }
        int depth = 0;
        do {
            boolean secret = in.currentToken() == JsonToken.FIELD_NAME && in.currentName().equals("env_vars");
            out.copyCurrentEvent(in);
            depth += in.currentToken().isStructStart() ? 1 : in.currentToken().isStructEnd() ? -1 : 0;
            if (secret) {
                in.nextToken();
                hide(in, out);
            }
        } while (depth > 0 && in.nextToken() != null);
    }

    private static void hide(JsonParser in, JsonGenerator out) throws IOException {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            in.skipChildren();
            out.writeString(REDACTED);
            return;
        }
        out.writeStartObject();
        while (in.nextToken() != JsonToken.END_OBJECT) {
            out.writeFieldName(in.currentName());
            in.nextToken();
            in.skipChildren();
            out.writeString(REDACTED);
        }
        out.writeEndObject();
    }

    private static boolean isObject(String text) {
        try (JsonParser in = JSON.createParser(text)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            in.skipChildren();
            return in.currentToken() == JsonToken.END_OBJECT && in.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }
}
