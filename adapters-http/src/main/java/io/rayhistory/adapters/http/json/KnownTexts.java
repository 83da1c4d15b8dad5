package io.rayhistory.adapters.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Texts that many rows of one answer have in common, escaped and made into bytes once. For one answer, one thread; at most
 * {@value #MOST} are kept, what comes later is written each time.
 */
final class KnownTexts {
    private static final int MOST = 256;

    private final Map<String, SerializedString> known = new HashMap<>();

    /** Writes the text as a value. */
    void write(JsonGenerator out, String text) throws IOException {
        SerializedString bytes = known.get(text);
        if (bytes == null) {
            if (known.size() == MOST) {
                out.writeString(text);
                return;
            }
            bytes = new SerializedString(text);
            known.put(text, bytes);
        }
        out.writeString(bytes);
    }
}
