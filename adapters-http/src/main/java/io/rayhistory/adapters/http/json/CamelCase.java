package io.rayhistory.adapters.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;

/**
 * The key conversion of the dashboard's modules: pieces between underscores are title-cased the Python way, so that
 * resource names and ids get mangled, too (Ray: {@code python/ray/dashboard/utils.py}, {@code to_google_style}).
 */
public final class CamelCase {

    private CamelCase() {
    }

    /** {@code object_store_memory} to {@code objectStoreMemory}, {@code node:__internal_head__} to {@code node:InternalHead}. */
    public static String of(String key) {
        int first = key.indexOf('_');
        if (first < 0) {
            return key;
        }
        StringBuilder camel = new StringBuilder(key.length()).append(key, 0, first);
        boolean afterLetter = false;
        for (int i = first; i < key.length(); i++) {
            char c = key.charAt(i);
            if (c == '_') {
                afterLetter = false;
            } else {
                camel.append(afterLetter ? Character.toLowerCase(c) : Character.toUpperCase(c));
                afterLetter = Character.isLetter(c);
            }
        }
        return camel.toString();
    }

    /** Copies one object, its keys converted: of objects in objects, and in lists, but not in lists of lists. */
    public static void copyObject(JsonParser in, JsonGenerator out) throws IOException {
        out.writeStartObject();
        copyMembers(in, out);
        out.writeEndObject();
    }

    /** The same without the braces. */
    static void copyMembers(JsonParser in, JsonGenerator out) throws IOException {
        while (in.nextToken() != JsonToken.END_OBJECT) {
            out.writeFieldName(of(in.currentName()));
            JsonToken value = in.nextToken();
            if (value == JsonToken.START_OBJECT) {
                copyObject(in, out);
            } else if (value == JsonToken.START_ARRAY) {
                copyList(in, out);
            } else {
                out.copyCurrentEvent(in);
            }
        }
    }

    private static void copyList(JsonParser in, JsonGenerator out) throws IOException {
        out.writeStartArray();
        for (JsonToken item = in.nextToken(); item != JsonToken.END_ARRAY; item = in.nextToken()) {
            if (item == JsonToken.START_OBJECT) {
                copyObject(in, out);
            } else {
                out.copyCurrentStructure(in);
            }
        }
        out.writeEndArray();
    }
}
