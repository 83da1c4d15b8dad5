package io.rayhistory.adapters.http.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rayhistory.domain.history.LogEvent;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** A row of {@code /api/v0/cluster_events} (Ray: {@code ClusterEventState} in {@code util/state/common.py}). */
public final class ClusterEventJson {
    private static final DateTimeFormatter LOCAL_SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private ClusterEventJson() {
    }

    /** @param zone of the session: Ray shows local time */
    public static void write(JsonGenerator out, LogEvent event, RowStyle style, ZoneId zone) throws IOException {
        out.writeStartObject();
        out.writeStringField("severity", event.severity());
        out.writeStringField("time", LOCAL_SECONDS.format(Instant.ofEpochSecond(event.timeSeconds()).atZone(zone)));
        out.writeStringField("source_type", event.sourceType());
        out.writeStringField("message", event.message());
        out.writeStringField("event_id", event.eventId());
        if (style.detail()) {
            out.writeFieldName("custom_fields");
            EmbeddedJson.copyMemberOrEmpty(out, event.json(), "custom_fields");
        }
        out.writeEndObject();
    }
}
