package io.rayhistory.adapters.http;

import io.javalin.http.Context;

import java.io.IOException;

/** Says to a person what went wrong and what can be done. */
final class ErrorPage {

    private ErrorPage() {
    }

    static void send(Context ctx, int status, String message) throws IOException {
        String title = switch (status) {
            case 400 -> "This link cannot be understood";
            case 404 -> "Not stored";
            case 429 -> "Busy";
            case 503 -> "The store does not answer";
            default -> "This cannot be shown";
        };
        HtmlPage.send(ctx, status, rootOf(ctx.path()), title, html -> {
            html.write("<h1>" + title + "</h1>\n<p class=\"error\">" + HtmlPage.escape(message) + "</p>\n");
            if (status == 429 || status == 503) {
                html.write("<p>Load the page again in a moment.</p>\n");
            }
        });
    }

    /** The relative way from a path to the server's root. */
    static String rootOf(String path) {
        int depth = (int) path.chars().filter(c -> c == '/').count() - 1;
        return "../".repeat(Math.max(0, depth));
    }
}
