package io.rayhistory.adapters.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;

import java.io.IOException;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;

/**
 * Members that many rows of one answer have in common, made into bytes once and then copied. For one answer, one thread;
 * at most {@value #MOST} are kept, what comes later is written each time.
 *
 * @param <K> what tells rows apart that have other members
 */
final class Fragments<K> {
    private static final int MOST = 256;

    private final Map<K, SerializedString> known = new HashMap<>();

    /**
     * Writes the members into an object that has some already.
     *
     * @param members a function of the key alone
     */
    void write(JsonGenerator out, K key, JsonBody members) throws IOException {
        SerializedString text = known.get(key);
        if (text == null) {
            if (known.size() == MOST) {
                members.write(out);
                return;
            }
            text = new SerializedString(members(members));
            known.put(key, text);
        }
        out.writeRaw(text);
    }

    /** The members as text, with a comma in front. */
    static String members(JsonBody members) throws IOException {
        String object = text(out -> {
            out.writeStartObject();
            members.write(out);
            out.writeEndObject();
        });
        return "," + object.substring(1, object.length() - 1);
    }

    static String text(JsonBody value) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JsonAnswers.JSON.createGenerator(text)) {
            value.write(out);
        }
        return text.toString();
    }
}
