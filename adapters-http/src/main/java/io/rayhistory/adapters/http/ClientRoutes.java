package io.rayhistory.adapters.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.NotFoundResponse;
import io.rayhistory.adapters.http.api.ErrorStyle;
import io.rayhistory.adapters.http.json.JsonAnswers;
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

/**
 * What a browser opens: the front page, and Ray's web client below a session's address, where there is one to serve. Where
 * there is none, a session's address leads to our page about it.
 */
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
    private final Optional<PageRoutes> pages;
    private final SessionSelector selector;
    private final SessionHistories histories;
    private final SessionRequests requests;
    private final ErrorAnswers errors;
    private final String policy;

    ClientRoutes(HttpSettings settings, SessionSelector selector, SessionHistories histories, SessionRequests requests,
                 ErrorAnswers errors) {
        this.client = settings.dashboardDir().map(DashboardFiles::new);
        this.single = settings.singleSession();
        this.pages = settings.pages().map(PageRoutes::new);
        this.selector = selector;
        this.histories = histories;
        this.requests = requests;
        this.errors = errors;
        this.policy = ClientPolicy.of(settings.dashboard().grafanaHost());
    }

    /** Must come last: its paths catch everything that nothing else answers. */
    void register(RoutesConfig routes) {
        pages.ifPresent(page -> page.register(routes));
        for (HandlerType method : List.of(HandlerType.GET, HandlerType.HEAD)) {
            routes.addHttpHandler(method, "/", this::root);
            routes.addHttpHandler(method, "/select_cluster", ctx -> ctx.redirect("./sessions"));
            routes.addHttpHandler(method, "/history/v1/dashboard", this::choice);
        }
        requests.both("/", ErrorStyle.PAGE, this::page);
    }

    private void root(Context ctx) throws IOException {
        errors.style(ctx, ErrorStyle.PAGE);
        if (single.isPresent() || client.isPresent() && selector.selected(ctx.cookieMap())) {
            show(ctx, selector.byRoot(ctx.cookieMap()));
        } else {
            pages.orElseThrow(NotFoundResponse::new).page(ctx);
        }
    }

    /** Whether there is a web client for sessions of a Ray version, and which: pages link to it, or say how to get it. */
    private void choice(Context ctx) throws IOException {
        String ray = ctx.queryParam("ray");
        Optional<DashboardFiles.Choice> choice = client.map(files -> files.choice(ray == null ? "" : ray));
        ctx.header("Cache-Control", "no-cache");
        JsonAnswers.send(ctx, 200, out -> {
            out.writeStartObject();
            out.writeBooleanField("available", choice.isPresent());
            out.writeStringField("version", choice.map(DashboardFiles.Choice::version).orElse(""));
            out.writeBooleanField("exact", choice.isPresent() && choice.get().exact());
            out.writeArrayFieldStart("versions");
            for (String version : client.map(DashboardFiles::versions).orElse(List.of())) {
                out.writeString(version);
            }
            out.writeEndArray();
            out.writeEndObject();
        });
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
            boolean root = ctx.path().equals("/");
            String named = root ? SessionNames.base(entry, true) : ctx.path().substring(1);
            ctx.redirect(ErrorPage.rootOf(ctx.path()) + "sessions/" + named.substring("s/".length(), named.length() - 1));
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
        ctx.status(200).contentType(type(name)).header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", policy).header("Referrer-Policy", "no-referrer").header("Cache-Control",
                name.equals("index.html") ? "no-store" : path.startsWith("static/") ? "max-age=31536000" : "no-cache");
        ctx.result(Files.newInputStream(file.get()));
        return true;
    }

    private static String type(String name) {
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return TYPES.getOrDefault(extension, "application/octet-stream");
    }
}
