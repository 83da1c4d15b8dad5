package io.rayhistory.adapters.http;

import io.javalin.http.Context;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** The frame of our plain pages: no script or style of its own, nothing from elsewhere, every foreign text escaped. */
final class HtmlPage {
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    /** Writes what is between header and footer. */
    @FunctionalInterface
    interface Content {
        void write(Writer html) throws IOException;
    }

    private HtmlPage() {
    }

    /** @param root relative way to the server's root, {@code ""} or {@code ../} as often as it takes */
    static void send(Context ctx, int status, String root, String title, Content content) throws IOException {
        ctx.status(status).contentType("text/html; charset=utf-8").header("Cache-Control", "no-store")
                .header("Content-Security-Policy", POLICY).header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer");
        if (ctx.req().getMethod().equals("HEAD")) {
            ctx.res().flushBuffer();
            return;
        }
        Writer html = new OutputStreamWriter(ctx.outputStream(), StandardCharsets.UTF_8);
        html.write("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                + "<meta name=\"color-scheme\" content=\"light dark\">\n<title>" + escape(title) + "</title>\n"
                + "<link rel=\"stylesheet\" href=\"" + root + "-/rayhistory.css\">\n"
                + "<script defer src=\"" + root + "-/sessions.js\"></script>\n</head>\n<body>\n");
        html.write("<header><a href=\"" + (root.isEmpty() ? "./" : root) + "\">Ray History</a></header>\n<main>\n");
        content.write(html);
        html.write("</main>\n</body>\n</html>\n");
        html.flush();
    }

    /** Text as HTML text or attribute value. */
    static String escape(String text) {
        StringBuilder html = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                default -> html.append(c);
            }
        }
        return html.toString();
    }
}
