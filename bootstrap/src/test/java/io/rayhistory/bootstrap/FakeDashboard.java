package io.rayhistory.bootstrap;

import io.javalin.Javalin;
import io.javalin.http.Context;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A head's dashboard that remembers what it was asked, and can misbehave. */
final class FakeDashboard implements AutoCloseable {
    static final String SESSION = "session_2026-11-20_10-00-00_000001_100";

    private final Queue<Map<String, String>> requests = new ConcurrentLinkedQueue<>();
    private final Javalin server;
    private volatile String token = "";

    FakeDashboard() {
        this("127.0.0.1");
    }

    FakeDashboard(String address) {
        server = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.routes.before(this::guard);
            config.routes.get("/api/authentication_mode", ctx -> ctx.contentType("application/json")
                    .result("{\"authentication_mode\": \"" + (token.isEmpty() ? "disabled" : "token") + "\"}"));
            config.routes.get("/api/version", ctx -> ctx.contentType("application/json")
                    .result("{\"ray_version\": \"2.60.0\", \"session_name\": \"" + SESSION + "\"}"));
            config.routes.get("/seen", ctx -> ctx.header("Set-Cookie", "stolen=1").header("Access-Control-Allow-Origin", "*")
                    .header("ETag", "\"e1\"").contentType("text/plain").result(ctx.path() + "?" + ctx.queryString()));
            config.routes.get("/away", ctx -> ctx.redirect("http://169.254.169.254/latest"));
            config.routes.get("/near", ctx -> ctx.redirect("/seen"));
            config.routes.get("/drops", this::drop);
            config.routes.get("/big", FakeDashboard::big);
            config.routes.wsBeforeUpgrade("/api/jobs/{job}/logs/tail", ctx -> {
                remember(ctx);
                if (ctx.pathParam("job").equals("unknown")) {
                    ctx.skipRemainingHandlers();
                    ctx.res().setStatus(404);
                    ctx.res().getOutputStream().print("Job unknown does not exist");
                    ctx.res().flushBuffer();
                }
            });
            config.routes.ws("/api/jobs/{job}/logs/tail", ws -> ws.onConnect(ctx -> {
                for (int i = 0; i < 200; i++) {
                    ctx.send("line " + i + " ä\n");
                }
                switch (ctx.pathParam("job")) {
                    case "breaks" -> ctx.session.disconnect();
                    case "hangs" -> ctx.closeSession(4001, "out of patience");
                    case "waits" -> { }
                    default -> ctx.closeSession(1000, "done");
                }
            }));
        }).start(address, 0);
    }

    private void guard(Context ctx) {
        remember(ctx);
        boolean open = ctx.path().equals("/api/authentication_mode");
        if (!open && !token.isEmpty() && !("Bearer " + token).equals(ctx.header("x-ray-authorization"))) {
            ctx.status(401).result("who are you").skipRemainingHandlers();
        }
    }

    private void remember(Context ctx) {
        Map<String, String> request = new LinkedHashMap<>();
        ctx.headerMap().forEach((name, value) -> request.put(name.toLowerCase(Locale.ROOT), value));
        request.put(":path", ctx.path());
        requests.add(request);
    }

    private void drop(Context ctx) throws java.io.IOException {
        ctx.res().setContentLength(1_000);
        ctx.res().getOutputStream().print("half");
        ctx.res().flushBuffer();
        throw new IllegalStateException("broken off on purpose");
    }

    private static void big(Context ctx) throws java.io.IOException {
        byte[] block = new byte[1 << 16];
        for (int i = 0; i < 512; i++) {
            ctx.res().getOutputStream().write(block);
        }
    }

    int port() {
        return server.port();
    }

    void wants(String newToken) {
        token = newToken;
    }

    /** What came for a path, header names in lower case. */
    List<Map<String, String>> requests(String path) {
        return requests.stream().filter(request -> request.get(":path").equals(path)).toList();
    }

    @Override
    public void close() {
        server.stop();
    }
}
