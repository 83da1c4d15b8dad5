package io.rayhistory.adapters.http.history;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.rayhistory.adapters.http.json.JsonAnswers;
import io.rayhistory.application.read.SessionEntry;
import io.rayhistory.application.read.StoredSession;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Announces the API's paths, and brings requests to a session that is loaded, or says how far its load is. */
final class Requests {
    static final String ROOT = "/history/v1";
    static final String SESSION = "/sessions/{namespace}/{cluster}/{session}";
    private static final int DEFAULT_WAIT = 30;
    private static final int LONGEST_WAIT = 600;

    /** Answers a request about a session that need not be loaded. */
    @FunctionalInterface
    interface EntryHandler {
        void handle(Context ctx, SessionEntry entry) throws Exception;
    }

    /** Answers a request about a loaded session. */
    @FunctionalInterface
    interface LoadedHandler {
        void handle(Context ctx, StoredSession session) throws Exception;
    }

    private final RoutesConfig routes;
    private final Frame frame;
    private final SessionLoads loads;
    private final Semaphore free;

    Requests(RoutesConfig routes, Frame frame, SessionLoads loads, int concurrent) {
        this.routes = routes;
        this.frame = frame;
        this.loads = loads;
        this.free = new Semaphore(concurrent);
    }

    void get(String path, Handler handler) {
        Handler guarded = ctx -> guarded(ctx, handler);
        for (HandlerType method : List.of(HandlerType.GET, HandlerType.HEAD)) {
            routes.addHttpHandler(method, ROOT + path, guarded);
        }
    }

    void entry(String path, EntryHandler handler) {
        get(SESSION + path, ctx -> handler.handle(ctx, frame.find(ctx.pathParamMap())));
    }

    /** An answer that depends on the session's history alone, and may be kept as long as that. */
    void loaded(String path, LoadedHandler handler) {
        fresh(path, (ctx, session) -> {
            if (!frame.unchanged(ctx, session)) {
                handler.handle(ctx, session);
            }
        });
    }

    /** An answer that also tells what lies in the store now. */
    void fresh(String path, LoadedHandler handler) {
        entry(path, (ctx, entry) -> {
            int wait = new Asked(ctx).whole("wait", 0, LONGEST_WAIT, DEFAULT_WAIT);
            Optional<StoredSession> session = loads.await(entry, wait);
            if (session.isPresent()) {
                ctx.header("Cache-Control", "no-cache");
                handler.handle(ctx, session.get());
            } else {
                ctx.header("Retry-After", "1").header("Cache-Control", "no-store");
                JsonAnswers.send(ctx, 202, out -> {
                    out.writeStartObject();
                    LoadJson.write(out, loads.state(entry));
                    out.writeEndObject();
                });
            }
        });
    }

    private void guarded(Context ctx, Handler handler) throws Exception {
        frame.answerProblems(ctx);
        ctx.header("X-Content-Type-Options", "nosniff");
        if (!free.tryAcquire()) {
            throw new Busy();
        }
        try {
            handler.handle(ctx);
        } catch (StackOverflowError | OutOfMemoryError e) {
            throw new IllegalStateException(e); // one answer, not the end of the process
        } finally {
            free.release();
        }
    }
}
