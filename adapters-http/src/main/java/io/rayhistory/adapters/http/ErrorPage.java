package io.rayhistory.adapters.http;

import io.javalin.http.Context;

/**
 * Says to a person what went wrong where the web client of Ray should be: it cannot say so itself. One plain page, without
 * script or style, every foreign text escaped.
 */
final class ErrorPage {
    private static final String POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    private ErrorPage() {
    }

    static void send(Context ctx, int status, String message) {
        String title = switch (status) {
            case 400 -> "This link cannot be understood";
            case 404 -> "Not stored";
            case 429 -> "Busy";
            case 503 -> "The store does not answer";
            default -> "This cannot be shown";
        };
        String again = status == 429 || status == 503 ? "<p>Load the page again in a moment.</p>\n" : "";
        ctx.status(status).contentType("text/html; charset=utf-8").header("Cache-Control", "no-store")
                .header("Content-Security-Policy", POLICY).header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .result("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                        + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                        + "<meta name=\"color-scheme\" content=\"light dark\">\n<title>" + title + " - Ray History</title>\n</head>\n<body>\n<h1>"
                        + title + "</h1>\n<p>" + escape(message) + "</p>\n" + again
                        + "<p><a href=\"" + rootOf(ctx.path()) + "sessions\">All sessions</a></p>\n</body>\n</html>\n");
    }

    /** The relative way from a path to the server's root. */
    static String rootOf(String path) {
        int depth = (int) path.chars().filter(c -> c == '/').count() - 1;
        return depth <= 0 ? "./" : "../".repeat(depth);
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
