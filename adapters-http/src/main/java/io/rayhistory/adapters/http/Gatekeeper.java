package io.rayhistory.adapters.http;

import io.javalin.config.RoutesConfig;
import io.rayhistory.adapters.http.api.Browsers;
import io.rayhistory.adapters.http.api.RuntimeEnvRedaction;

import java.util.Set;

/** What is decided about a request before anybody looks at its path. */
final class Gatekeeper {
    private static final Set<String> BROWSER_METHODS = Set.of("GET", "HEAD", "OPTIONS");

    private Gatekeeper() {
    }

    static void register(RoutesConfig routes, RuntimeEnvRedaction redaction) {
        routes.before(ctx -> {
            String method = ctx.req().getMethod();
            if (!BROWSER_METHODS.contains(method) && Browsers.sent(ctx.req())) {
                ctx.status(405).contentType("text/plain; charset=utf-8").header("Allow", "GET, HEAD, OPTIONS")
                        .result("'" + method + "' method not allowed for browser traffic.").skipRemainingHandlers();
                return;
            }
            redaction.decide(ctx);
        });
    }
}
