package io.rayhistory.adapters.http.api;

import io.javalin.http.Context;

/** What a request asks of a session: raw path and query without the session's base, as a stored answer is named. */
public final class RequestTarget {
    private static final String KEY = "rayhistory.target";

    private RequestTarget() {
    }

    /** Keeps the target for the handlers. */
    public static void keep(Context ctx, String path) {
        String query = ctx.queryString();
        ctx.attribute(KEY, query == null || query.isEmpty() ? path : path + "?" + query);
    }

    public static String of(Context ctx) {
        String target = ctx.attribute(KEY);
        return target == null ? ctx.path() : target;
    }
}
