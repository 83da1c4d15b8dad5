package io.rayhistory.adapters.http;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.rayhistory.adapters.http.json.JsonAnswers;

import java.io.IOException;

/** An error as RFC 9457 describes it: for scripts and for our own pages. */
final class ProblemJson {
    private static final int LONGEST = 2_000;

    private ProblemJson() {
    }

    static void send(Context ctx, int status, String message) throws IOException {
        String detail = message == null ? "" : message;
        ctx.header("X-Content-Type-Options", "nosniff");
        JsonAnswers.send(ctx, status, "application/problem+json", out -> {
            out.writeStartObject();
            out.writeStringField("type", "about:blank");
            out.writeNumberField("status", status);
            out.writeStringField("title", HttpStatus.forStatus(status).getMessage());
            out.writeStringField("kind", kind(status));
            out.writeStringField("detail", detail.length() > LONGEST ? detail.substring(0, LONGEST) : detail);
            out.writeEndObject();
        });
    }

    private static String kind(int status) {
        return switch (status) {
            case 400 -> "invalid";
            case 404 -> "missing";
            case 405 -> "method";
            case 413 -> "too_large";
            case 429 -> "busy";
            case 503 -> "unavailable";
            default -> status < 500 ? "refused" : "internal";
        };
    }
}
