package io.rayhistory.adapters.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.rayhistory.adapters.http.json.JsonAnswers;
import io.rayhistory.application.port.AccessReview.Identity;
import io.rayhistory.domain.HistoryException;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Logging in and out: the resources that Ray's web client knows, below every session and at the root, and a page of ours.
 * Where a proxy logs people in, there is nothing to log into here, and Ray's web client is told so.
 * At most {@value #MOST_FAILURES} wrong tokens a minute from one address, of which {@value #MOST_ADDRESSES} are remembered.
 */
final class LoginRoutes {
    private static final String MODE = "/api/authentication_mode";
    private static final int MOST_FAILURES = 10;
    private static final int MOST_ADDRESSES = 10_000;
    private static final long MINUTE_NS = 60_000_000_000L;

    private final AccessSettings settings;
    private final LoginCookie cookies;
    private final AccessGate gate;
    private final String page;
    private final String policy;
    private final Map<String, Failures> failures = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    private record Failures(int count, long since) {
    }

    LoginRoutes(AccessSettings settings, LoginCookie cookies, AccessGate gate) {
        this.settings = settings;
        this.cookies = cookies;
        this.gate = gate;
        this.page = bundled("login.html").replace("HINT", ErrorPage.escape(settings.hint()));
        this.policy = "default-src 'none'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-"
                + hash(between(page, "<style>", "</style>")) + "'; script-src 'sha256-" + hash(between(page, "<script>", "</script>")) + "'";
    }

    /** Must come before whatever refuses writes and asks who asks. */
    void register(RoutesConfig routes) {
        routes.get("/login/caller", gate::who);
        if (settings.proxy().isPresent()) {
            routes.before(ctx -> {
                if (resource(ctx).equals(MODE)) {
                    mode(ctx, "disabled");
                    ctx.skipRemainingHandlers();
                }
            });
            routes.get("/login", ctx -> ErrorPage.send(ctx, 401, settings.hint()));
            return;
        }
        routes.before(ctx -> {
            boolean ours = switch (resource(ctx)) {
                case MODE -> mode(ctx, "token");
                case "/api/authenticate" -> authenticate(ctx);
                case "/api/logout" -> logout(ctx);
                default -> false;
            };
            if (ours) {
                ctx.header("Cache-Control", "no-store").header("X-Content-Type-Options", "nosniff").skipRemainingHandlers();
            }
        });
        routes.get("/login", ctx -> ctx.contentType("text/html; charset=utf-8").header("Cache-Control", "no-store")
                .header("Content-Security-Policy", policy).header("X-Content-Type-Options", "nosniff").header("Referrer-Policy", "no-referrer").result(page));
    }

    private static String resource(Context ctx) {
        return ctx.path().startsWith("/s/") ? SessionRequests.withoutBase(ctx.path()) : ctx.path();
    }

    private static boolean mode(Context ctx, String mode) throws IOException {
        JsonAnswers.send(ctx, 200, out -> {
            out.writeStartObject();
            out.writeStringField("authentication_mode", mode);
            out.writeEndObject();
        });
        return true;
    }

    private boolean authenticate(Context ctx) throws IOException {
        if (refusedPost(ctx)) {
            return true;
        }
        String token = AccessGate.bearer(ctx);
        if (token.isEmpty()) {
            text(ctx, 401, "ray-history: " + settings.hint());
        } else if (failed(ctx.ip(), 0) >= MOST_FAILURES) {
            ctx.header("Retry-After", "60");
            text(ctx, 429, "ray-history: too many wrong tokens; try again in a minute");
        } else {
            Identity identity = settings.review().authenticate(token);
            if (identity instanceof Identity.Known) {
                Optional<String> sealed = cookies.seal(token);
                if (sealed.isEmpty()) {
                    text(ctx, 400, "ray-history: the token is too long for a browser's cookie");
                    return true;
                }
                cookie(ctx, sealed.get(), LoginCookie.LASTS.toSeconds());
                JsonAnswers.send(ctx, 200, out -> {
                    out.writeStartObject();
                    out.writeStringField("status", "authenticated");
                    out.writeStringField("message", "Token is valid");
                    out.writeEndObject();
                });
            } else if (identity instanceof Identity.Unavailable away) {
                ctx.header("Retry-After", "5");
                JsonAnswers.rest(ctx, 503, "the token cannot be checked now: " + away.reason(), out -> { });
            } else {
                failed(ctx.ip(), 1);
                text(ctx, 403, "ray-history: the token is not valid here");
            }
        }
        return true;
    }

    private boolean logout(Context ctx) throws IOException {
        if (!refusedPost(ctx)) {
            cookie(ctx, "", 0);
            JsonAnswers.send(ctx, 200, out -> {
                out.writeStartObject();
                out.writeStringField("status", "logged out");
                out.writeEndObject();
            });
        }
        return true;
    }

    /** Pages of other servers may not log anybody in or out. */
    private static boolean refusedPost(Context ctx) {
        if (!ctx.req().getMethod().equals("POST")) {
            ctx.header("Allow", "POST");
            text(ctx, 405, "405: Method Not Allowed");
            return true;
        }
        try {
            StreamSocket.refuseStrangers(ctx);
            return false;
        } catch (HistoryException e) {
            text(ctx, 403, "ray-history: only pages of this server may do this");
            return true;
        }
    }

    private void cookie(Context ctx, String value, long seconds) {
        ctx.res().addHeader("Set-Cookie", LoginCookie.NAME + "=" + value + "; Path=/; Max-Age=" + seconds + "; HttpOnly; SameSite=Strict"
                + (settings.secureCookie() ? "; Secure" : ""));
    }

    /** How often an address has failed within the minute, with so many more. */
    private int failed(String address, int more) {
        long now = System.nanoTime();
        synchronized (failures) {
            Failures known = failures.getOrDefault(address, new Failures(0, now));
            Failures next = now - known.since() > MINUTE_NS ? new Failures(more, now) : new Failures(known.count() + more, known.since());
            if (next.count() == 0) {
                failures.remove(address);
            } else {
                failures.put(address, next);
            }
            return next.count();
        }
    }

    private static void text(Context ctx, int status, String message) {
        ctx.status(status).contentType("text/plain; charset=utf-8").result(message);
    }

    private static String bundled(String name) {
        try (InputStream in = LoginRoutes.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String between(String text, String begin, String end) {
        return text.substring(text.indexOf(begin) + begin.length(), text.indexOf(end));
    }

    private static String hash(String text) {
        try {
            return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
