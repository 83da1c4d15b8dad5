package io.rayhistory.adapters.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rayhistory.domain.event.PlatformEvent;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;

/** Something Kubernetes said about the cluster, as it was stored: camelCase keys, the payload below {@code platformEvent}. */
public final class PlatformEventJson {
    private static final long NANOS = 1_000_000_000L;

    private PlatformEventJson() {
    }

    public static void write(JsonGenerator out, PlatformEvent event) throws IOException {
        out.writeStartObject();
        out.writeStringField("eventId", event.envelope().eventId());
        out.writeStringField("eventType", "PLATFORM_EVENT");
        out.writeStringField("severity", event.envelope().severity());
        long time = event.envelope().timeNs();
        out.writeStringField("timestamp", Instant.ofEpochSecond(time / NANOS, time % NANOS).toString());
        out.writeFieldName("platformEvent");
        object(out, event.payload());
        out.writeEndObject();
    }

    private static void object(JsonGenerator out, Map<?, ?> members) throws IOException {
        out.writeStartObject();
        for (Map.Entry<?, ?> member : members.entrySet()) {
            out.writeFieldName(CamelCase.of(String.valueOf(member.getKey())));
            if (member.getValue() instanceof Map<?, ?> map) {
                object(out, map);
            } else {
                JsonValues.any(out, member.getValue());
            }
        }
        out.writeEndObject();
    }
}
