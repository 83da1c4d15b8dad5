package io.rayhistory.adapters.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import io.rayhistory.adapters.http.api.ErrorStyle;
import io.rayhistory.adapters.http.json.JsonAnswers;
import io.rayhistory.domain.HistoryException;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * Turns failures into answers that the asking client can read. Nothing of the inside shows: what nobody expected is
 * logged with a number, and the number is answered. Thread-safe.
 */
final class ErrorAnswers {
    private static final System.Logger LOG = System.getLogger(ErrorAnswers.class.getName());
    private static final String STYLE = "rayhistory.errors";
    private static final String READ_ONLY =
            "history server: read only. The cluster of this session is gone; nothing can be changed or run on it.";

    private final AtomicLong unexpected = new AtomicLong();

    void register(RoutesConfig routes) {
        routes.exception(HistoryException.class, (e, ctx) -> expected(ctx, e));
        routes.exception(HttpResponseException.class, (e, ctx) -> routing(ctx, e));
        routes.exception(Exception.class, (e, ctx) -> unexpected(ctx, e));
    }

    /** Remembers the form of errors for this request. */
    void style(Context ctx, ErrorStyle style) {
        ctx.attribute(STYLE, style);
    }

    /** Answers a write that a live dashboard would carry out. */
    static void refuseWrite(Context ctx) throws IOException {
        ctx.header("Allow", "GET, HEAD");
        JsonAnswers.rest(ctx, 405, READ_ONLY, out -> { });
    }

    private void expected(Context ctx, HistoryException e) {
        if (started(ctx)) {
            cut(ctx, e);
            return;
        }
        switch (e.kind()) {
            case UNAVAILABLE, CORRUPT -> LOG.log(Level.WARNING, () -> ctx.req().getMethod() + " " + ctx.path() + ": "
                    + e.getMessage() + (e.getCause() == null ? "" : " (" + e.getCause() + ")"));
            case INVALID, MISSING, TOO_LARGE -> { }
        }
        if (e.kind() == HistoryException.Kind.UNAVAILABLE) {
            ctx.header("Retry-After", "5");
        }
        answer(ctx, status(e.kind()), e.getMessage());
    }

    static int status(HistoryException.Kind kind) {
        return switch (kind) {
            case INVALID -> 400;
            case MISSING -> 404;
            case TOO_LARGE -> 413;
            case UNAVAILABLE -> 503;
            case CORRUPT -> 500;
        };
    }

    private void routing(Context ctx, HttpResponseException e) {
        if (ctx.path().startsWith("/history/")) {
            problem(ctx, e);
            return;
        }
        String allowed = e instanceof MethodNotAllowedResponse
                ? Arrays.stream(e.getDetails().values().iterator().next().split(", "))
                        .filter(m -> m.equals("GET") || m.equals("HEAD")).collect(Collectors.joining(", "))
                : "";
        if (!allowed.isEmpty()) {
            text(ctx.header("Allow", allowed), 405, "405: Method Not Allowed");
        } else if (e instanceof MethodNotAllowedResponse || e.getStatus() == 404) {
            text(ctx, 404, "404: Not Found");
        } else {
            text(ctx, e.getStatus(), e.getStatus() + ": " + e.getMessage());
        }
    }

    private void problem(Context ctx, HttpResponseException e) {
        style(ctx, ErrorStyle.PROBLEM);
        int status = e.getStatus();
        if (e instanceof MethodNotAllowedResponse) {
            ctx.header("Allow", "GET, HEAD");
            answer(ctx, 405, "this API only reads: expected GET or HEAD");
            return;
        }
        if (status == 429) {
            ctx.header("Retry-After", "1");
        }
        answer(ctx, status, status == 404 ? "there is nothing at " + ctx.path() + ": expected a path of /history/v1/openapi.json"
                : e.getMessage());
    }

    private void unexpected(Context ctx, Exception e) {
        if (started(ctx)) {
            cut(ctx, e);
            return;
        }
        long number = unexpected.incrementAndGet();
        LOG.log(Level.ERROR, "error " + number + ": " + ctx.req().getMethod() + " " + ctx.path(), e);
        answer(ctx, 500, "internal error " + number + "; the server's log tells more about it");
    }

    /** An error in the form of the endpoint. */
    void answer(Context ctx, int status, String message) {
        untag(ctx);
        ctx.header("Cache-Control", "no-store").res().resetBuffer();
        ErrorStyle style = ctx.attribute(STYLE);
        try {
            switch (style == null ? ErrorStyle.TEXT : style) {
                case REST -> JsonAnswers.rest(ctx, status, message, out -> { });
                case STATE -> JsonAnswers.stateError(ctx, status, message);
                case TEXT -> text(ctx, status, message);
                case PAGE -> ErrorPage.send(ctx, status, message);
                case PROBLEM -> ProblemJson.send(ctx, status, message);
            }
        } catch (IOException e) {
            cut(ctx, e);
        }
    }

    private static void text(Context ctx, int status, String message) {
        ctx.status(status).contentType("text/plain; charset=utf-8").result(message);
    }

    /** An error is no version of anything. */
    static void untag(Context ctx) {
        if (!ctx.res().isCommitted()) {
            ctx.res().setHeader("ETag", null);
        }
    }

    /** True once bytes may have left, or a compressor holds some. */
    private static boolean started(Context ctx) {
        return ctx.res().isCommitted() || ctx.res().containsHeader("Content-Encoding");
    }

    /** Ends the connection without the end of the body, so that the client knows that something is missing. */
    private static void cut(Context ctx, Exception e) {
        LOG.log(Level.WARNING, "answer cut off: " + ctx.req().getMethod() + " " + ctx.path(), e);
        ServletContextRequest.getServletContextRequest(ctx.req()).getConnectionMetaData().getConnection().getEndPoint()
                .close();
    }
}
