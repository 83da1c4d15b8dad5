package io.rayhistory.adapters.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Sends the pages for people, and their files. What they show, they ask from the API. */
final class PageRoutes {
    /** Deeper addresses are nobody's: log files lie some ten folders deep at most. */
    private static final int MOST_DEPTH = 64;

    private final Pages pages;

    PageRoutes(Pages pages) {
        this.pages = pages;
    }

    void register(RoutesConfig routes) {
        for (HandlerType method : List.of(HandlerType.GET, HandlerType.HEAD)) {
            routes.addHttpHandler(method, "/sessions", this::page);
            routes.addHttpHandler(method, "/sessions/<path>", this::page);
            routes.addHttpHandler(method, "/assets/<path>", this::asset);
        }
    }

    void page(Context ctx) {
        int depth = (int) ctx.req().getRequestURI().chars().filter(c -> c == '/').count() - 1;
        if (depth > MOST_DEPTH) {
            missing(ctx);
            return;
        }
        ctx.status(200).contentType("text/html; charset=utf-8").header("Cache-Control", "no-cache")
                .header("Content-Security-Policy", pages.policy()).header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer").header("Cross-Origin-Opener-Policy", "same-origin")
                .result(pages.page(depth));
    }

    private void asset(Context ctx) throws IOException {
        Optional<Pages.File> found = pages.asset(ctx.pathParam("path"));
        if (found.isEmpty()) {
            missing(ctx);
            return;
        }
        Pages.File file = found.get();
        String accepted = ctx.header("Accept-Encoding");
        boolean packed = accepted != null && accepted.contains("gzip");
        byte[] body = packed ? file.gzip() : file.bytes();
        ctx.status(200).contentType(file.type()).header("Cache-Control", "public, max-age=31536000, immutable")
                .header("X-Content-Type-Options", "nosniff").header("Vary", "Accept-Encoding").disableCompression();
        if (packed) {
            ctx.header("Content-Encoding", "gzip");
        }
        ctx.res().setContentLength(body.length);
        if (!ctx.req().getMethod().equals("HEAD")) {
            ctx.res().getOutputStream().write(body);
        }
    }

    private static void missing(Context ctx) {
        ctx.status(404).contentType("text/plain; charset=" + StandardCharsets.UTF_8.name()).result("404: Not Found");
    }
}
