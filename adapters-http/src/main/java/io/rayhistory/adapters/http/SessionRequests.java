package io.rayhistory.adapters.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.rayhistory.adapters.http.api.ErrorStyle;
import io.rayhistory.adapters.http.api.RequestTarget;
import io.rayhistory.adapters.http.api.RuntimeEnvRedaction;
import io.rayhistory.adapters.http.api.SessionHandler;
import io.rayhistory.adapters.http.api.SessionRoutes;
import io.rayhistory.adapters.http.api.SessionStream;
import io.rayhistory.application.read.SessionEntry;
import io.rayhistory.application.read.SessionHistories;
import io.rayhistory.application.read.StoredSession;

import java.util.concurrent.Semaphore;

/**
 * Brings requests and sessions together: every resource is announced below the base path of sessions and at the root;
 * a request finds its session, waits for its load if need be, and is answered with 304 where its tag still holds, else
 * by its handler. At most so many at a time as the limits say.
 */
final class SessionRequests implements SessionRoutes {
    static final String BASE = "/s/{namespace}/{cluster}/{session}";
    private static final int BASE_SEGMENTS = 4;

    private final RoutesConfig routes;
    private final SessionSelector selector;
    private final SessionHistories histories;
    private final StateAnswers states;
    private final KnownSessions known;
    private final ErrorAnswers errors;
    private final Semaphore free;
    private final StreamSocket sockets;

    SessionRequests(RoutesConfig routes, SessionSelector selector, SessionHistories histories, StateAnswers states, KnownSessions known,
                    ErrorAnswers errors, int concurrent) {
        this.routes = routes;
        this.selector = selector;
        this.histories = histories;
        this.states = states;
        this.known = known;
        this.errors = errors;
        this.free = new Semaphore(concurrent);
        this.sockets = new StreamSocket(Math.max(1, concurrent / 4));
    }

    @Override
    public void get(String path, ErrorStyle style, SessionHandler handler) {
        both(path, style, (ctx, entry) -> answer(ctx, histories.open(entry), handler));
    }

    /** What is answered once the session is known by name, whether it can be loaded or not. */
    @FunctionalInterface
    interface EntryHandler {
        void handle(Context ctx, SessionEntry entry) throws Exception;
    }

    /** Announces something that needs no loaded session, or loads it itself. */
    void both(String path, ErrorStyle style, EntryHandler handler) {
        Handler below = ctx -> serve(ctx, style, true, handler);
        Handler root = ctx -> serve(ctx, style, false, handler);
        for (HandlerType method : new HandlerType[] {HandlerType.GET, HandlerType.HEAD}) {
            routes.addHttpHandler(method, BASE + path, below);
            if (!path.equals("/")) {
                routes.addHttpHandler(method, path, root);
            }
        }
    }

    @Override
    public void readOnly(String path, String... writeMethods) {
        for (String method : writeMethods) {
            Handler refuse = ErrorAnswers::refuseWrite;
            routes.addHttpHandler(HandlerType.findOrCreate(method), BASE + path, refuse);
            routes.addHttpHandler(HandlerType.findOrCreate(method), path, refuse);
        }
    }

    @Override
    public void stream(String path, SessionStream stream) {
        sockets.register(routes, BASE + path, stream, ctx -> histories.open(entry(ctx, true)));
        sockets.register(routes, path, stream, ctx -> histories.open(entry(ctx, false)));
    }

    private void serve(Context ctx, ErrorStyle style, boolean below, EntryHandler handler) throws Exception {
        boolean unselected = !below && !selector.selected(ctx.cookieMap());
        errors.style(ctx, unselected && style == ErrorStyle.TEXT ? ErrorStyle.REST : style);
        if (!free.tryAcquire()) {
            ctx.header("Retry-After", "1");
            errors.answer(ctx, 429, "too many requests are being answered right now; ask again in a moment");
            return;
        }
        try {
            RequestTarget.keep(ctx, below ? withoutBase(ctx.path()) : ctx.path());
            SessionEntry entry = entry(ctx, below);
            states.mark(ctx, entry);
            handler.handle(ctx, entry);
        } catch (Error e) {
            // Not the end of the process: a bug in one answer, or an answer too deep for the stack.
            throw new IllegalStateException(e);
        } finally {
            free.release();
        }
    }

    private SessionEntry entry(Context ctx, boolean below) {
        if (below) {
            return selector.byPath(ctx.pathParamMap());
        }
        SessionEntry entry = selector.byRoot(ctx.cookieMap());
        if (ctx.cookie("session_name") != null) {
            selector.remember(ctx, entry);
        }
        return entry;
    }

    void answer(Context ctx, StoredSession session, SessionHandler handler) throws Exception {
        String tag = known.tag(session, RuntimeEnvRedaction.applies(ctx));
        ctx.header("ETag", tag).header("Cache-Control", "no-cache").header("Vary", "Accept-Encoding, User-Agent, Cookie");
        String asked = ctx.header("If-None-Match");
        if (asked != null && asked.contains(tag)) {
            ctx.status(304);
            return;
        }
        handler.handle(ctx, session);
        if (ctx.statusCode() != 200) {
            ErrorAnswers.untag(ctx);
        }
    }

    /** The raw path behind the segments that name the session. */
    static String withoutBase(String path) {
        int at = 0;
        for (int i = 0; i < BASE_SEGMENTS && at >= 0; i++) {
            at = path.indexOf('/', at + 1);
        }
        return at < 0 ? "/" : path.substring(at);
    }
}
