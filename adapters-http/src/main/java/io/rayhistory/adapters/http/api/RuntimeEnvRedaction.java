package io.rayhistory.adapters.http.api;

import io.javalin.http.Context;

/** Who gets to see the values of {@code env_vars} in runtime environments. */
public enum RuntimeEnvRedaction {
    /** Everybody. */
    OFF,
    /** Programs do, browsers see {@code <redacted>}. */
    BROWSERS,
    /** Nobody. */
    ALWAYS;

    private static final String KEY = "rayhistory.redact";

    /** Decides for one request; the server does this before any handler runs. */
    public void decide(Context ctx) {
        ctx.attribute(KEY, this == ALWAYS || this == BROWSERS && Browsers.sent(ctx.req()));
    }

    /** True if the answer to this request must not show values. */
    public static boolean applies(Context ctx) {
        return Boolean.TRUE.equals(ctx.<Boolean>attribute(KEY));
    }
}
