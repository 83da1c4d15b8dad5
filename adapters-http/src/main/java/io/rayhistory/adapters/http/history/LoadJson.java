package io.rayhistory.adapters.http.history;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rayhistory.application.read.LoadProgress;

import java.io.IOException;
import java.util.Locale;

/** How far a load is. */
final class LoadJson {

    private LoadJson() {
    }

    static void write(JsonGenerator out, SessionLoads.State state) throws IOException {
        out.writeObjectFieldStart("load");
        out.writeStringField("state", state.phase().name().toLowerCase(Locale.ROOT));
        out.writeFieldName("progress");
        if (state.progress().isPresent()) {
            progress(out, state.progress().get());
        } else {
            out.writeNull();
        }
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

    private static void progress(JsonGenerator out, LoadProgress progress) throws IOException {
        out.writeStartObject();
        out.writeNumberField("filesRead", progress.filesRead());
        out.writeNumberField("files", progress.files());
        out.writeNumberField("bytesRead", progress.bytesRead());
        out.writeNumberField("bytes", progress.bytes());
        out.writeNumberField("events", progress.events());
        out.writeEndObject();
    }
}
