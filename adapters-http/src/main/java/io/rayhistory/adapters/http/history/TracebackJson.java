package io.rayhistory.adapters.http.history;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rayhistory.domain.failure.RootCause;
import io.rayhistory.domain.failure.Traceback;
import io.rayhistory.domain.failure.Traceback.Part;

import java.io.IOException;
import java.util.Locale;

/** An error's text in its parts. */
final class TracebackJson {

    private TracebackJson() {
    }

    static void write(JsonGenerator out, String message) throws IOException {
        Traceback traceback = Traceback.parse(message);
        int root = RootCause.of(traceback).map(RootCause::part).orElse(-1);
        out.writeStartObject();
        out.writeBooleanField("cut", traceback.cut());
        out.writeNumberField("characters", message.length());
        out.writeArrayFieldStart("parts");
        for (int i = 0; i < traceback.parts().size(); i++) {
            Part part = traceback.parts().get(i);
            out.writeStartObject();
            out.writeStringField("kind", part.kind().name().toLowerCase(Locale.ROOT));
            if (part.kind() == Traceback.Kind.FRAME) {
                out.writeBooleanField("own", part.own());
                out.writeStringField("file", part.file());
                out.writeStringField("shortFile", part.shortFile());
                out.writeNumberField("line", part.line());
                out.writeStringField("function", part.function());
            } else if (part.kind() == Traceback.Kind.EXCEPTION) {
                out.writeStringField("exceptionClass", part.exceptionClass());
                out.writeStringField("message", part.message());
                out.writeBooleanField("root", i == root);
            }
            Out.texts(out, "lines", part.lines());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }
}
