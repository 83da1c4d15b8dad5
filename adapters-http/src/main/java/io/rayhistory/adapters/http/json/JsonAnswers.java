package io.rayhistory.adapters.http.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.javalin.http.Context;

import java.io.IOException;

/**
 * Sends JSON, streamed: what does not fit into {@value #HELD} bytes goes out while it is being written. Errors before
 * that point can still become an error answer; later ones must cut the connection, see {@code ErrorAnswers}.
 */
public final class JsonAnswers {
    /** Bytes held back before an answer starts. */
    static final int HELD = 16 * 1024;

    /** Ten thousand tasks, each submitted by the one before, are a tree of twice that depth. */
    static final int DEEPEST = 50_000;

    static final JsonFactory JSON = JsonFactory.builder()
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET).disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
            .streamWriteConstraints(StreamWriteConstraints.builder().maxNestingDepth(DEEPEST).build()).build();
    private static final String TYPE = "application/json; charset=utf-8";

    private JsonAnswers() {
    }

    /** Sends any JSON value. A HEAD request gets the headers only, without the body being computed. */
    public static void send(Context ctx, int status, JsonBody body) throws IOException {
        send(ctx, status, TYPE, body);
    }

    /** The same as a media type that JSON is only the form of. */
    public static void send(Context ctx, int status, String type, JsonBody body) throws IOException {
        ctx.status(status).contentType(type);
        if (ctx.req().getMethod().equals("HEAD")) {
            ctx.res().flushBuffer(); // else the server would claim a length of 0
            return;
        }
        HeldStream held = new HeldStream(ctx::outputStream, HELD);
        JsonGenerator out = JSON.createGenerator(held);
        body.write(out);
        out.close();
        held.finish();
    }

    /**
     * Envelope A, "rest response": {@code {"result": …, "msg": msg, "data": {…}}}, result true exactly for 200.
     *
     * @param fields writes the members of {@code data} (names and values, no braces)
     */
    public static void rest(Context ctx, int status, String msg, JsonBody fields) throws IOException {
        send(ctx, status, out -> {
            start(out, status, msg);
            fields.write(out);
            end(out);
        });
    }

    /**
     * Envelope B, "state reply": {@code {"result": true, "msg": "", "data": {"result": value}}}.
     *
     * @param value writes one value
     */
    public static void state(Context ctx, JsonBody value) throws IOException {
        send(ctx, 200, out -> {
            start(out, 200, "");
            out.writeFieldName("result");
            value.write(out);
            end(out);
        });
    }

    /** Envelope B for an error: {@code data.result} is null. */
    public static void stateError(Context ctx, int status, String msg) throws IOException {
        rest(ctx, status, msg, out -> out.writeNullField("result"));
    }

    private static void start(JsonGenerator out, int status, String msg) throws IOException {
        out.writeStartObject();
        out.writeBooleanField("result", status == 200);
        out.writeStringField("msg", msg);
        out.writeObjectFieldStart("data");
    }

    private static void end(JsonGenerator out) throws IOException {
        out.writeEndObject();
        out.writeEndObject();
    }
}
