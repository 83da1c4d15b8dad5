package io.rayhistory.adapters.http;

import io.javalin.http.Context;
import io.rayhistory.adapters.http.json.JsonAnswers;
import io.rayhistory.application.port.LiveDashboards.Answer;
import io.rayhistory.application.port.LiveDashboards.Failure;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Locale;

/** Sends a dashboard's answer to our client: its bytes as they are, of its headers only those that describe them. */
final class LiveAnswers {
    private static final System.Logger LOG = System.getLogger(LiveAnswers.class.getName());
    private static final int BUFFER = 16 * 1024;
    private static final List<String> PASSED = List.of("Content-Type", "Content-Encoding", "Content-Range", "Accept-Ranges",
            "Content-Disposition", "ETag", "Last-Modified", "Cache-Control", "Retry-After");

    private LiveAnswers() {
    }

    /**
     * @param prefix what links of the dashboard must begin with to come back here
     * @throws IOException if the dashboard breaks off
     */
    static void send(Context ctx, Answer answer, String prefix) throws IOException {
        try (answer) {
            ctx.disableCompression();
            ctx.header("X-Content-Type-Options", "nosniff").header("Content-Security-Policy", "frame-ancestors 'none'")
                    .header("X-Ray-History-Source", "live").header("X-Ray-History-State", "live; reason=running");
            if (answer.status() >= 300 && answer.status() < 400 && answer.status() != 304) {
                redirect(ctx, answer, prefix);
                return;
            }
            ctx.status(answer.status());
            for (String name : PASSED) {
                String value = answer.header(name.toLowerCase(Locale.ROOT));
                if (!value.isEmpty()) {
                    ctx.header(name, value);
                }
            }
            String length = answer.header("content-length");
            if (!length.isEmpty()) {
                ctx.res().setContentLengthLong(Long.parseLong(length));
            }
            ctx.res().flushBuffer();
            if (!ctx.req().getMethod().equals("HEAD")) {
                copy(answer.body(), ctx.res().getOutputStream());
            }
        }
    }

    /** A link of the dashboard's own may be followed, below our prefix; one that leads elsewhere is nothing of ours. */
    private static void redirect(Context ctx, Answer answer, String prefix) throws IOException {
        String to = answer.header("location");
        if (to.isEmpty() || to.startsWith("//") || to.contains("\\") || to.split("[/?#]", 2)[0].contains(":")) {
            JsonAnswers.rest(ctx, 502, "the running cluster's dashboard sends elsewhere, which is not followed", out -> { });
            return;
        }
        ctx.status(answer.status()).header("Location", (to.startsWith("/") ? prefix : "") + to);
    }

    private static void copy(InputStream from, OutputStream to) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
            try {
                to.write(buffer, 0, count);
                to.flush();
            } catch (IOException e) {
                LOG.log(Level.DEBUG, "the client is gone", e);
                return;
            }
        }
    }

    static int status(Failure why) {
        return switch (why) {
            case UNREACHABLE, REFUSED -> 502;
            case TIMEOUT -> 504;
            case BUSY -> 503;
        };
    }
}
