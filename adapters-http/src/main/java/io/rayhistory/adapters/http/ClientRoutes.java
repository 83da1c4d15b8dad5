package io.rayhistory.adapters.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.rayhistory.adapters.http.api.ErrorStyle;
import io.rayhistory.application.read.SessionEntry;
import io.rayhistory.application.read.SessionHistories;
import io.rayhistory.domain.id.SessionKey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a browser opens: the list of sessions, a session's page or Ray's web client, and their files. */
final class ClientRoutes {
    private static final Map<String, String> TYPES = Map.ofEntries(Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"), Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("json", "application/json; charset=utf-8"), Map.entry("map", "application/json; charset=utf-8"),
            Map.entry("svg", "image/svg+xml"), Map.entry("png", "image/png"), Map.entry("ico", "image/x-icon"),
            Map.entry("jpg", "image/jpeg"), Map.entry("gif", "image/gif"), Map.entry("woff", "font/woff"),
            Map.entry("woff2", "font/woff2"), Map.entry("ttf", "font/ttf"), Map.entry("wasm", "application/wasm"),
            Map.entry("txt", "text/plain; charset=utf-8"));

    private final Optional<DashboardFiles> client;
    private final Optional<SessionKey> single;
    private final SessionsPage sessions;
    private final SessionSelector selector;
    private final SessionHistories histories;
    private final SessionRequests requests;
    private final ErrorAnswers errors;

    ClientRoutes(HttpSettings settings, SessionsPage sessions, SessionSelector selector, SessionHistories histories,
                 SessionRequests requests, ErrorAnswers errors) {
        this.client = settings.dashboardDir().map(DashboardFiles::new);
        this.single = settings.singleSession();
        this.sessions = sessions;
        this.selector = selector;
        this.histories = histories;
        this.requests = requests;
        this.errors = errors;
    }

    /** Must come last: its paths catch everything that nothing else answers. */
    void register(RoutesConfig routes) {
        for (HandlerType method : List.of(HandlerType.GET, HandlerType.HEAD)) {
            routes.addHttpHandler(method, "/", this::root);
            routes.addHttpHandler(method, "/select_cluster", this::list);
            routes.addHttpHandler(method, "/-/{file}", ctx -> own(ctx, ctx.pathParam("file")));
        }
        requests.both("/", ErrorStyle.PAGE, this::page);
    }

    private void list(Context ctx) throws IOException {
        errors.style(ctx, ErrorStyle.PAGE);
        sessions.send(ctx);
    }

    private void root(Context ctx) throws IOException {
        errors.style(ctx, ErrorStyle.PAGE);
        if (single.isEmpty() && (client.isEmpty() || !selector.selected(ctx.cookieMap()))) {
            sessions.send(ctx);
            return;
        }
        show(ctx, selector.byRoot(ctx.cookieMap()));
    }

    /** The page needs its trailing slash, because all its links are relative; and "latest" must not change under it. */
    private void page(Context ctx, SessionEntry entry) throws IOException {
        boolean latest = "latest".equals(ctx.pathParam("session"));
        if (latest || !ctx.path().endsWith("/")) {
            String session = latest ? SessionNames.encode(entry.key().session()) : rawSegment(ctx.path());
            ctx.redirect((ctx.path().endsWith("/") ? "../" : "./") + session + "/");
            return;
        }
        show(ctx, entry);
    }

    private static String rawSegment(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private void show(Context ctx, SessionEntry entry) throws IOException {
        if (client.isPresent()) {
            send(ctx, entry, "");
        } else {
            SessionPage.send(ctx, histories.open(entry));
        }
    }

    /**
     * Answers a path that no route knows with a file of the web client, if there is one.
     *
     * @return false if there is none
     */
    boolean file(Context ctx) throws IOException {
        if (client.isEmpty()) {
            return false;
        }
        String path = ctx.path();
        if (!path.startsWith("/s/")) {
            return (single.isPresent() || selector.selected(ctx.cookieMap()))
                    && send(ctx, selector.byRoot(ctx.cookieMap()), SessionNames.decode(path.substring(1)));
        }
        String[] parts = path.split("/", 6);
        return parts.length == 6 && send(ctx, selector.byPath(Map.of("namespace", SessionNames.decode(parts[2]), "cluster",
                SessionNames.decode(parts[3]), "session", SessionNames.decode(parts[4]))), SessionNames.decode(parts[5]));
    }

    private boolean send(Context ctx, SessionEntry entry, String path) throws IOException {
        DashboardFiles files = client.orElseThrow();
        String version = files.manyVersions() ? histories.open(entry).rayVersion() : "";
        Optional<Path> file;
        try {
            file = files.file(version, path);
        } catch (SecurityException e) {
            ctx.status(403).contentType("text/plain; charset=utf-8").result("403: Forbidden");
            return true;
        }
        if (file.isEmpty()) {
            return false;
        }
        String name = file.get().getFileName().toString();
        ctx.status(200).contentType(type(name)).header("X-Content-Type-Options", "nosniff").header("Cache-Control",
                name.equals("index.html") ? "no-store" : path.startsWith("static/") ? "max-age=31536000" : "no-cache");
        ctx.result(Files.newInputStream(file.get()));
        return true;
    }

    private static void own(Context ctx, String name) {
        var file = name.equals("rayhistory.css") || name.equals("sessions.js")
                ? ClientRoutes.class.getResourceAsStream(name) : null;
        if (file == null) {
            ctx.status(404).contentType("text/plain; charset=utf-8").result("404: Not Found");
            return;
        }
        ctx.contentType(type(name)).header("Cache-Control", "no-cache").header("X-Content-Type-Options", "nosniff")
                .result(file);
    }

    private static String type(String name) {
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return TYPES.getOrDefault(extension, "application/octet-stream");
    }
}
