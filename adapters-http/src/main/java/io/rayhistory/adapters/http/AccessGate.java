package io.rayhistory.adapters.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.rayhistory.adapters.http.api.ErrorStyle;
import io.rayhistory.adapters.http.json.JsonAnswers;
import io.rayhistory.application.port.AccessReview.Decision;
import io.rayhistory.application.port.AccessReview.Identity;
import io.rayhistory.application.port.Caller;
import io.rayhistory.application.port.HeadToken;
import io.rayhistory.domain.HistoryException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Lets a request pass, or answers it: before anything is looked up, so that nobody can tell from a refusal what exists.
 * Who asks is told by a trusted proxy where there is one, else by {@code Authorization}, {@code x-ray-authorization} or the
 * login cookie, in this order, as Ray does it (Ray: python/ray/dashboard/http_server_head.py). Thread-safe.
 */
final class AccessGate {
    private static final String CALLER = "rayhistory.caller";
    private static final String TOKEN = "rayhistory.token";
    private static final String HOST = "rayhistory.host";
    private static final String BEARER = "bearer ";

    private final AccessSettings settings;
    private final LoginCookie cookies;
    private final SessionSelector selector;
    private final ErrorAnswers errors;

    AccessGate(AccessSettings settings, LoginCookie cookies, SessionSelector selector, ErrorAnswers errors) {
        this.settings = settings;
        this.cookies = cookies;
        this.selector = selector;
        this.errors = errors;
    }

    /** Must come before everything that answers. */
    void register(RoutesConfig routes) {
        routes.before(ctx -> {
            if (!passes(ctx)) {
                ctx.skipRemainingHandlers();
            }
        });
        routes.wsBeforeUpgrade(ctx -> {
            try {
                Refusal refusal = refusal(ctx);
                if (refusal != null) {
                    StreamSocket.refuse(ctx, refusal.status(), refusal.message());
                }
            } catch (HistoryException e) {
                StreamSocket.refuse(ctx, ErrorAnswers.status(e.kind()), e.getMessage());
            }
        });
    }

    private record Refusal(int status, String message) {
    }

    /** Who asks; empty where anybody may. */
    static Optional<Caller> caller(Context ctx) {
        return Optional.ofNullable(ctx.attribute(CALLER));
    }

    /** The token of who asks, where it may be handed on. */
    static Optional<HeadToken> token(Context ctx) {
        return Optional.ofNullable(ctx.attribute(TOKEN));
    }

    /** Under which name the client knows this server: a trusted proxy's word, else the header Host. */
    static String host(Context ctx) {
        String told = ctx.attribute(HOST);
        return told == null ? ctx.host() : told;
    }

    private boolean passes(Context ctx) throws IOException {
        Refusal refusal = refusal(ctx);
        if (refusal == null) {
            return true;
        }
        if (refusal.status() == 503) {
            errors.style(ctx, ErrorStyle.REST);
            ctx.header("Retry-After", "5");
            errors.answer(ctx, 503, refusal.message());
        } else if (refusal.status() == 401 && settings.proxy().isEmpty() && wantsPage(ctx)) {
            String path = ctx.path() + (ctx.queryString() == null ? "" : "?" + ctx.queryString());
            ctx.header("Cache-Control", "no-store").redirect(ErrorPage.rootOf(ctx.path()) + "login?next=" + SessionNames.encode(path.substring(1)));
        } else {
            ctx.status(refusal.status()).contentType("text/plain; charset=utf-8").header("Cache-Control", "no-store").result(refusal.message());
        }
        return false;
    }

    private static boolean wantsPage(Context ctx) {
        String accepted = ctx.header("Accept");
        return ctx.req().getMethod().equals("GET") && accepted != null && accepted.contains("text/html") && !ctx.path().contains("/api/");
    }

    private Refusal refusal(Context ctx) {
        Guarded guarded = Guarded.by(ctx.path(), selector.cookies(ctx.cookieMap()), ctx.queryParam("verbose") != null);
        if (guarded.open()) {
            return null;
        }
        AccessAudit.wants(ctx, guarded);
        Identity identity = identity(ctx);
        if (identity instanceof Identity.Rejected rejected) {
            boolean noToken = settings.proxy().isPresent() || rejected.reason().isEmpty();
            String said = "ray-history: " + (noToken ? "" : "the token is not valid here; ") + settings.hint();
            return deny(ctx, 401, said, rejected.reason().isEmpty() ? said : rejected.reason());
        }
        if (identity instanceof Identity.Unavailable away) {
            String said = "who you are cannot be checked now: " + away.reason();
            return deny(ctx, 503, said, said);
        }
        Caller caller = ((Identity.Known) identity).caller();
        ctx.attribute(CALLER, caller);
        AccessAudit.user(ctx, caller.name());
        if (guarded.namespace().isEmpty()) {
            return null;
        }
        Decision decision = settings.review().maySee(caller, guarded.namespace(), guarded.cluster());
        if (decision == Decision.YES) {
            return null;
        }
        String said = decision == Decision.NO ? "ray-history: " + caller.name() + " may not get rayclusters in namespace " + guarded.namespace()
                : "what you may see cannot be checked now";
        return deny(ctx, decision == Decision.NO ? 403 : 503, said, said);
    }

    /** Who asks; rejected without a reason if nobody says. */
    private Identity identity(Context ctx) {
        if (settings.proxy().isPresent()) {
            settings.proxy().get().host(ctx.req()).ifPresent(host -> ctx.attribute(HOST, host));
            return settings.proxy().get().identity(ctx.req());
        }
        String token = presented(ctx);
        if (token.isEmpty()) {
            return new Identity.Rejected("");
        }
        Identity identity = settings.review().authenticate(token);
        if (settings.tokensPassed() && identity instanceof Identity.Known) {
            ctx.attribute(TOKEN, new HeadToken(token));
        }
        return identity;
    }

    private static Refusal deny(Context ctx, int status, String message, String reason) {
        AccessAudit.denied(ctx, status == 503 ? "unavailable" : "deny", reason);
        return new Refusal(status, message);
    }

    /** The first of what was presented, {@code ""} if nothing was. */
    private String presented(Context ctx) {
        String header = bearer(ctx);
        String cookie = ctx.cookie(LoginCookie.NAME);
        return header.isEmpty() && cookie != null ? cookies.open(cookie).orElse("") : header;
    }

    /** The token of a header, {@code ""} if there is none. */
    static String bearer(Context ctx) {
        for (String name : new String[] {"Authorization", "x-ray-authorization"}) {
            String value = ctx.header(name);
            if (value != null && value.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
                return new String(value.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8).substring(BEARER.length()).strip();
            }
        }
        return "";
    }

    /** Tells a page who is logged in. */
    void who(Context ctx) throws IOException {
        Caller caller = caller(ctx).orElseThrow();
        ctx.header("Cache-Control", "no-store");
        JsonAnswers.send(ctx, 200, out -> {
            out.writeStartObject();
            out.writeStringField("user", caller.name());
            out.writeEndObject();
        });
    }
}
