package io.rayhistory.adapters.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import io.rayhistory.application.port.EventCodec.Damage;
import io.rayhistory.application.port.EventCodec.Sink;
import io.rayhistory.domain.event.EventEnvelope;
import io.rayhistory.domain.event.RayEvent;
import io.rayhistory.domain.id.IdKind;

import java.io.IOException;
import java.util.Arrays;

/**
 * Decodes the records of one file. An event's members come in any order, its payload even before its type, so payloads
 * are read as they come and the envelope is put around the right one at the end. Not thread-safe.
 */
final class EventDecoder {
    private static final int LONGEST_DETAIL = 80;
    private static final String NO_TYPE = EnumNames.EVENT_TYPE[0];

    private final FieldReader in = new FieldReader(new SharedTexts());
    private final RecordTokens tokens;
    private final Sink sink;

    private final Payload[] payloads = new Payload[EventType.values().length];
    private final String[] invalid = new String[payloads.length];
    private String eventId;
    private boolean eventIdIsOdd;
    private String sourceType;
    private String eventType;
    private long timeNs;
    private String severity;
    private String sessionName;
    private String nodeId;
    private String message;
    private String badEnvelope;

    EventDecoder(JsonFactory factory, JsonLimits limits, Sink sink) {
        this.tokens = new RecordTokens(factory, limits.maxNesting());
        this.sink = sink;
    }

    /** Tells the sink what the record holds; the damage is {@code null} if it was JSON, whatever it said. */
    Damage decode(byte[] bytes, int from, int to) throws IOException {
        try {
            read(bytes, from, to);
            return null;
        } catch (BadRecord e) {
            return e.damage;
        }
    }

    private void read(byte[] bytes, int from, int to) throws IOException {
        tokens.start(bytes, from, to);
        in.start(tokens);
        reset();
        if (in.token() != JsonToken.START_OBJECT) {
            throw BadRecord.MALFORMED;
        }
        int depth = in.depth();
        for (String field = in.next(); field != null; field = in.next()) {
            try {
                member(field, depth);
            } catch (InvalidField e) {
                badEnvelope = e.getMessage();
                in.leaveTo(depth);
            }
        }
        tokens.finish();
        deliver();
    }

    private void reset() {
        Arrays.fill(payloads, null);
        Arrays.fill(invalid, null);
        eventId = "";
        eventIdIsOdd = false;
        sourceType = "";
        eventType = "";
        timeNs = 0;
        severity = "";
        sessionName = "";
        nodeId = "";
        message = "";
        badEnvelope = null;
    }

    private void member(String field, int depth) throws IOException, InvalidField {
        switch (field) {
            case "eventId", "event_id" -> {
                eventId = in.ownId(IdKind.EVENT);
                eventIdIsOdd = in.isOdd(IdKind.EVENT, eventId);
            }
            case "sourceType", "source_type" -> sourceType = in.name(EnumNames.SOURCE);
            case "eventType", "event_type" -> eventType = in.name(EnumNames.EVENT_TYPE);
            case "timestamp" -> timeNs = in.time();
            case "severity" -> severity = in.name(EnumNames.SEVERITY);
            case "sessionName", "session_name" -> sessionName = in.text();
            case "nodeId", "node_id" -> nodeId = in.id(IdKind.NODE);
            case "message" -> message = in.text();
            default -> {
                EventType type = EventType.ofKey(field);
                if (type == null || in.isNull()) {
                    in.skip();
                    return;
                }
                try {
                    payloads[type.ordinal()] = type.format.read(in);
                } catch (InvalidField e) {
                    invalid[type.ordinal()] = e.getMessage();
                    in.leaveTo(depth);
                }
            }
        }
    }

    private void deliver() {
        EventType type = EventType.ofName(eventType);
        if (type == null && !eventType.isEmpty() && !eventType.equals(NO_TYPE)) {
            sink.damage(Damage.UNKNOWN_TYPE, safe(eventType));
            return;
        }
        int at = type == null ? onlyPayload() : present(type);
        if (at < 0 || payloads[at] == null || badEnvelope != null) {
            String name = type != null ? type.name() : at < 0 ? "no eventType" : EventType.values()[at].name();
            String what = at >= 0 && invalid[at] != null ? invalid[at] : badEnvelope != null ? badEnvelope : "payload";
            sink.damage(Damage.INVALID, name + ": " + safe(what));
            return;
        }
        String id = eventId;
        if (EventType.PLATFORM_EVENT.ordinal() == at) {
            id = PlatformEvents.eventId(eventId);
        } else if (eventIdIsOdd) {
            sink.damage(Damage.ODD_ID, "eventId");
        }
        RayEvent event = payloads[at].with(
                new EventEnvelope(id, sourceType, timeNs, severity, sessionName, nodeId, message));
        for (String odd : in.oddIds()) {
            sink.damage(Damage.ODD_ID, odd);
        }
        sink.event(event);
    }

    /** Where this type's payload was put, read or not; the two names of task lifecycles stand for each other. */
    private int present(EventType type) {
        int at = type.ordinal();
        if (payloads[at] == null && invalid[at] == null) {
            return type == EventType.TASK_LIFECYCLE_EVENT ? EventType.TASK_EXECUTION_EVENT.ordinal()
                    : type == EventType.TASK_EXECUTION_EVENT ? EventType.TASK_LIFECYCLE_EVENT.ordinal() : at;
        }
        return at;
    }

    /** An event without a type is typed by its payload's key if it has exactly one; else -1. */
    private int onlyPayload() {
        int only = -1;
        for (int i = 0; i < payloads.length; i++) {
            if (payloads[i] != null || invalid[i] != null) {
                if (only >= 0) {
                    return -1;
                }
                only = i;
            }
        }
        return only;
    }

    private static String safe(String text) {
        StringBuilder safe = new StringBuilder();
        for (int i = 0; i < text.length() && i < LONGEST_DETAIL; i++) {
            char c = text.charAt(i);
            safe.append(c < ' ' || c >= 127 ? '?' : c);
        }
        return safe.toString();
    }
}
