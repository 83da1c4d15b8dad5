package io.rayhistory.adapters.http.history;

import com.fasterxml.jackson.core.JsonGenerator;

import java.io.IOException;
import java.util.Locale;

/** How far a load is. */
final class LoadJson {

    private LoadJson() {
    }

    static void write(JsonGenerator out, SessionLoads.State state) throws IOException {
        out.writeObjectFieldStart("load");
        out.writeStringField("state", state.phase().name().toLowerCase(Locale.ROOT));
        out.writeNullField("progress");
        out.writeFieldName("error");
        if (state.failure() == null) {
            out.writeNull();
        } else {
            out.writeStartObject();
            out.writeStringField("kind", state.failure().kind().name().toLowerCase(Locale.ROOT));
            out.writeStringField("detail", state.failure().getMessage());
            out.writeEndObject();
        }
        out.writeEndObject();
    }
}
