package io.rayhistory.adapters.http.history;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rayhistory.application.read.SessionEntry;
import io.rayhistory.application.read.SessionState;
import io.rayhistory.application.read.SessionSummary;
import io.rayhistory.domain.id.ClusterRef;

import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** One stored session as lists and pages name it. */
final class SessionRowJson {

    private SessionRowJson() {
    }

    /**
     * The members of a row.
     *
     * @param state   empty if it is of no interest whether sessions still run
     * @param summary empty while nobody knows the figures
     */
    static void write(JsonGenerator out, SessionEntry entry, String path, boolean loaded, Optional<SessionState> state,
                      Optional<SessionSummary> summary) throws IOException {
        ClusterRef cluster = entry.key().cluster();
        out.writeStringField("namespace", cluster.namespace());
        out.writeStringField("cluster", cluster.name());
        out.writeStringField("session", entry.key().session());
        out.writeObjectFieldStart("owner");
        out.writeStringField("kind", cluster.ownerKind().folder());
        out.writeStringField("name", cluster.ownerName());
        out.writeEndObject();
        out.writeStringField("path", path);
        out.writeBooleanField("marked", entry.marked());
        Out.ms(out, "startMs", entry.start().map(Instant::toEpochMilli).orElse(0L));
        out.writeBooleanField("loaded", loaded);
        if (state.isPresent()) {
            out.writeObjectFieldStart("state");
            out.writeStringField("phase", state.get().phase().text());
            out.writeStringField("reason", state.get().code());
            out.writeStringField("text", state.get().text());
            Out.ms(out, "asOfMs", state.get().asOf().toEpochMilli());
            out.writeEndObject();
        }
        out.writeFieldName("summary");
        if (summary.isPresent()) {
            write(out, summary.get());
        } else {
            out.writeNull();
        }
    }

    private static void write(JsonGenerator out, SessionSummary summary) throws IOException {
        out.writeStartObject();
        Out.ms(out, "startMs", summary.startMs());
        Out.ms(out, "recordEndMs", summary.recordEndMs());
        out.writeNumberField("durationMs", summary.durationMs());
        out.writeStringField("rayVersion", summary.rayVersion());
        out.writeNumberField("nodes", summary.nodes());
        out.writeNumberField("jobs", summary.jobs());
        out.writeNumberField("attempts", summary.attempts());
        out.writeNumberField("failures", summary.failures());
        out.writeNumberField("causes", summary.causes());
        out.writeStringField("outcome", summary.outcome().name().toLowerCase(Locale.ROOT));
        out.writeEndObject();
    }
}
