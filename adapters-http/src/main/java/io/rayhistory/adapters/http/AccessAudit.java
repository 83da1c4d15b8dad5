package io.rayhistory.adapters.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.javalin.http.Context;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes who asked for what, one JSON line per request for data, to the logger {@code audit}. Neither tokens nor cookies
 * nor queries. Thread-safe.
 */
final class AccessAudit {
    private static final System.Logger AUDIT = System.getLogger("audit");
    private static final JsonFactory JSON = new JsonFactory();
    private static final String STARTED = "rayhistory.audit.";
    private static final String[] NOTED = {"user", "ns", "cluster", "session", "decision", "reason"};

    private final String via;
    private final boolean allowed;
    private final InstantSource clock;
    private final AtomicLong number = new AtomicLong();

    /** @param allowed whether requests that passed are told, too */
    AccessAudit(String via, boolean allowed, InstantSource clock) {
        this.via = via;
        this.allowed = allowed;
        this.clock = clock;
    }

    static void wants(Context ctx, Guarded guarded) {
        guarded.names().forEach((name, value) -> ctx.attribute(STARTED + name, value));
        ctx.attribute(STARTED + "decision", "allow");
    }

    static void user(Context ctx, String name) {
        ctx.attribute(STARTED + "user", name);
    }

    static void denied(Context ctx, String decision, String reason) {
        ctx.attribute(STARTED + "decision", decision);
        ctx.attribute(STARTED + "reason", reason);
    }

    /** To be called when the answer is given. */
    void answered(Context ctx, double ms) {
        String decision = ctx.attribute(STARTED + "decision");
        if (decision == null || decision.equals("allow") && !allowed) {
            return;
        }
        StringWriter line = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(line)) {
            out.writeStartObject();
            out.writeStringField("ts", clock.instant().toString());
            out.writeStringField("via", via);
            out.writeStringField("remote", ctx.ip());
            out.writeStringField("method", ctx.req().getMethod());
            out.writeStringField("path", ctx.path());
            for (String name : NOTED) {
                String value = ctx.attribute(STARTED + name);
                out.writeStringField(name, value == null ? "" : value);
            }
            String source = ctx.res().getHeader("X-Ray-History-Source");
            String state = ctx.res().getHeader("X-Ray-History-State");
            out.writeStringField("source", source == null || !source.equals("live") ? "store" : source);
            out.writeStringField("state", state == null ? "" : state);
            out.writeNumberField("status", ctx.statusCode());
            out.writeNumberField("ms", Math.round(ms));
            out.writeNumberField("requestId", number.incrementAndGet());
            out.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException("text cannot fail", e);
        }
        AUDIT.log(Level.INFO, line.toString());
    }
}
