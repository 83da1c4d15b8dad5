package io.rayhistory.adapters.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.rayhistory.application.port.LiveClusters;
import io.rayhistory.application.read.SessionCatalog;
import io.rayhistory.application.read.SessionStates;
import io.rayhistory.domain.HistoryException;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Tells Kubernetes how we are: alive as long as requests are answered, ready once the store was reached. */
final class Probes {
    private final SessionCatalog catalog;
    private final Optional<SessionStates> states;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile boolean reached;
    private volatile boolean stopping;

    Probes(SessionCatalog catalog, Optional<SessionStates> states) {
        this.catalog = catalog;
        this.states = states;
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
        String waitsFor = String.join("\n", missing().values());
        if (waitsFor.isEmpty()) {
            say(ctx, 200, ctx.queryParam("verbose") == null ? "ok" : details());
        } else {
            say(ctx, 503, waitsFor);
        }
    }

    /** What it is not ready for, and why; empty when it is. Asks the store until it has answered once. */
    Map<String, String> missing() {
        if (stopping) {
            return Map.of("server", "shutting down");
        }
        if (reached) {
            return Map.of();
        }
        if (!asking.tryLock()) {
            return Map.of("store", "the store is being asked for the first time");
        }
        try {
            catalog.list();
            reached = true;
            return Map.of();
        } catch (HistoryException e) {
            return Map.of("store", e.getMessage());
        } finally {
            asking.unlock();
        }
    }

    /** Kubernetes is told of, but never counts: what is stored can be read without. */
    private String details() {
        LiveClusters.Health health = states.map(known -> known.clusters().health())
                .orElse(new LiveClusters.Health(LiveClusters.Health.Status.NOT_CONFIGURED, Instant.EPOCH, ""));
        String status = health.status().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return "store: ok\nkubernetes: " + status + (health.reason().isEmpty() ? "" : ": " + health.reason()) + "\n";
    }

    private static void say(Context ctx, int status, String text) {
        ctx.status(status).contentType("text/plain; charset=utf-8").header("Cache-Control", "no-store").result(text);
    }
}
