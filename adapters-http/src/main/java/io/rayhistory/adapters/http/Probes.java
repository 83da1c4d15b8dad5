package io.rayhistory.adapters.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.rayhistory.application.read.SessionCatalog;
import io.rayhistory.domain.HistoryException;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** Tells Kubernetes how we are: alive as long as requests are answered, ready once the store was reached. */
final class Probes {
    private final SessionCatalog catalog;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile boolean reached;
    private volatile boolean stopping;

    Probes(SessionCatalog catalog) {
        this.catalog = catalog;
    }

    void register(RoutesConfig routes) {
        for (HandlerType method : List.of(HandlerType.GET, HandlerType.HEAD)) {
            routes.addHttpHandler(method, "/livez", ctx -> say(ctx, 200, "ok"));
            routes.addHttpHandler(method, "/readz", this::ready);
            routes.addHttpHandler(method, "/readyz", this::ready);
        }
    }

    void stopping() {
        stopping = true;
    }

    private void ready(Context ctx) {
        if (stopping) {
            say(ctx, 503, "shutting down");
        } else if (reached) {
            say(ctx, 200, "ok");
        } else if (!asking.tryLock()) {
            say(ctx, 503, "the store is being asked for the first time");
        } else {
            ask(ctx);
        }
    }

    private void ask(Context ctx) {
        try {
            catalog.list();
            reached = true;
            say(ctx, 200, "ok");
        } catch (HistoryException e) {
            say(ctx, 503, e.getMessage());
        } finally {
            asking.unlock();
        }
    }

    private static void say(Context ctx, int status, String text) {
        ctx.status(status).contentType("text/plain; charset=utf-8").header("Cache-Control", "no-store").result(text);
    }
}
