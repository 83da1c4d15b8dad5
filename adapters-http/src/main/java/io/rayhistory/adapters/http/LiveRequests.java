package io.rayhistory.adapters.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.rayhistory.adapters.http.api.ErrorStyle;
import io.rayhistory.adapters.http.json.JsonAnswers;
import io.rayhistory.application.port.LiveCluster;
import io.rayhistory.application.port.LiveDashboards;
import io.rayhistory.application.port.LiveDashboards.Call;
import io.rayhistory.application.port.LiveDashboards.Failed;
import io.rayhistory.application.port.LiveDashboards.Reply;
import io.rayhistory.domain.id.ClusterRef;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Answers requests for sessions that run by their dashboards: those below {@code /s/NAMESPACE/CLUSTER/live/}, those that
 * name the running session, and those whose cookies do. A named session whose dashboard cannot be reached is answered
 * from the store.
 */
final class LiveRequests {
    /** What a dashboard may know of our client; anything else, credentials above all, stays here. */
    private static final List<String> PASSED = List.of("Accept", "Accept-Encoding", "Accept-Language", "Range", "If-None-Match",
            "If-Modified-Since", "Content-Type", "User-Agent");
    /** First segments of paths that are no session's, whatever cookies say. */
    static final Set<String> OURS = Set.of("clusters", "select_cluster", "enter_cluster", "livez", "readz", "readyz", "metrics",
            "sessions", "assets", "history", "s", "login");
    private static final String MODE = "/api/authentication_mode";
    private static final Set<String> NEVER = Set.of(MODE, "/api/authenticate", "/api/logout");
    private static final String FROM_STORE = "rhs_source=store";
    private static final String SOURCE = "X-Ray-History-Source";

    private final LiveSettings settings;
    private final LiveHeads heads;
    private final SessionSelector selector;
    private final ErrorAnswers errors;

    LiveRequests(LiveSettings settings, LiveHeads heads, SessionSelector selector, ErrorAnswers errors) {
        this.settings = settings;
        this.heads = heads;
        this.selector = selector;
        this.errors = errors;
    }

    /** Must come before whatever answers from the store. */
    void register(RoutesConfig routes) {
        routes.before(ctx -> {
            Optional<LivePath> path = path(ctx);
            if (path.isPresent() && (path.get().session().equals(LivePath.LIVE) ? live(ctx, path.get()) : named(ctx, path.get()))) {
                ctx.skipRemainingHandlers();
            }
        });
    }

    /** The session that the request names, if it may be a running one. */
    private Optional<LivePath> path(Context ctx) {
        String raw = ctx.path();
        if (raw.startsWith("/s/")) {
            return LivePath.below(raw);
        }
        if (OURS.contains(raw.substring(1).split("/", 2)[0])) {
            return Optional.empty();
        }
        return selector.cookies(ctx.cookieMap()).flatMap(name ->
                LivePath.of(name.namespace(), name.cluster(), name.session(), "", raw));
    }

    private boolean live(Context ctx, LivePath path) throws IOException {
        errors.style(ctx, ErrorStyle.REST);
        if (path.rest().isEmpty()) {
            ctx.redirect("./" + LivePath.LIVE + "/");
            return true;
        }
        if (path.rest().equals(MODE)) {
            JsonAnswers.send(ctx, 200, out -> {
                out.writeStartObject();
                out.writeStringField("authentication_mode", "disabled");
                out.writeEndObject();
            });
            return true;
        }
        if (NEVER.contains(path.rest())) {
            return false;
        }
        remember(ctx, path);
        LiveHeads.Found found = heads.any(path);
        if (found.cluster().isEmpty()) {
            fail(ctx, path, found.failure());
        } else if (allowed(ctx, path)) {
            Reply reply = settings.dashboards().get(found.cluster().get(), call(ctx, path));
            if (reply instanceof Failed failed) {
                fail(ctx, path, failed);
            } else {
                LiveAnswers.send(ctx, (LiveDashboards.Answer) reply, path.prefix());
            }
        }
        return true;
    }

    /** @return false if the store has to answer */
    private boolean named(Context ctx, LivePath path) throws IOException {
        if (path.rest().isEmpty() || NEVER.contains(path.rest()) || fromStore(ctx)) {
            return false;
        }
        Optional<LiveCluster> cluster = heads.running(path);
        if (cluster.isEmpty()) {
            return false;
        }
        errors.style(ctx, ErrorStyle.REST);
        if (!allowed(ctx, path)) {
            return true;
        }
        remember(ctx, path);
        Reply reply = settings.dashboards().get(cluster.get(), call(ctx, path));
        if (reply instanceof Failed failed) {
            ctx.header(SOURCE, "store; reason=" + failed.why().name().toLowerCase(Locale.ROOT));
            return false;
        }
        LiveAnswers.send(ctx, (LiveDashboards.Answer) reply, path.prefix());
        return true;
    }

    /** As long as somebody looks, the cookies hold. */
    private void remember(Context ctx, LivePath path) {
        if (path.prefix().isEmpty()) {
            selector.remember(ctx, ClusterRef.plain(path.namespace(), path.cluster()), path.session());
        }
    }

    private static boolean fromStore(Context ctx) {
        String query = ctx.queryString();
        return query != null && Arrays.asList(query.split("&")).contains(FROM_STORE);
    }

    /** Whether the request may leave at all; if not, it is answered. */
    private boolean allowed(Context ctx, LivePath path) throws IOException {
        path.check();
        String method = ctx.req().getMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            ctx.header("Allow", "GET, HEAD");
            JsonAnswers.rest(ctx, 405, "history server: read only. The cluster runs, but nothing can be changed or run on it from here.", out -> { });
            return false;
        }
        if (ctx.req().getContentLengthLong() > 0 || ctx.header("Transfer-Encoding") != null) {
            errors.answer(ctx, 413, "requests with a body are not passed on to running clusters");
            return false;
        }
        if (path.profiles() && !settings.profiling()) {
            ctx.status(403).contentType("text/plain; charset=utf-8").result("history server: profiles and dumps of running clusters are "
                    + "not passed on (see --live-allow-profiling)");
            return false;
        }
        return true;
    }

    private static Call call(Context ctx, LivePath path) {
        String query = ctx.queryString();
        return new Call(ctx.req().getMethod(), path.rest() + (query == null ? "" : "?" + query), headers(ctx), AccessGate.token(ctx));
    }

    private static Map<String, String> headers(Context ctx) {
        Set<String> hops = ctx.header("Connection") == null ? Set.of()
                : Arrays.stream(ctx.header("Connection").toLowerCase(Locale.ROOT).split(",")).map(String::strip).collect(Collectors.toSet());
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : PASSED) {
            String value = ctx.header(name);
            if (value != null && !hops.contains(name.toLowerCase(Locale.ROOT))) {
                headers.put(name, value);
            }
        }
        headers.put("Via", "1.1 ray-history");
        return headers;
    }

    /** Opens the log of a running session. @return empty if the store has to answer */
    Optional<Reply> follow(Context ctx) {
        Optional<LivePath> path = path(ctx);
        if (path.isEmpty() || fromStore(ctx)) {
            return Optional.empty();
        }
        boolean live = path.get().session().equals(LivePath.LIVE);
        LiveHeads.Found found = live ? heads.any(path.get()) : new LiveHeads.Found(heads.running(path.get()), null);
        if (found.cluster().isEmpty()) {
            return Optional.ofNullable(found.failure());
        }
        path.get().check();
        Map<String, String> headers = new LinkedHashMap<>(headers(ctx));
        headers.keySet().retainAll(Set.of("User-Agent", "Via", "Accept-Language"));
        Reply reply = settings.dashboards().follow(found.cluster().get(), new Call("GET", call(ctx, path.get()).target(), headers,
                AccessGate.token(ctx)));
        return !live && reply instanceof Failed ? Optional.empty() : Optional.of(reply);
    }

    private void fail(Context ctx, LivePath path, Failed failed) {
        if (failed.why() == LiveDashboards.Failure.BUSY) {
            ctx.header("Retry-After", "1");
        }
        errors.answer(ctx, LiveAnswers.status(failed.why()), message(path, failed));
    }

    private static String message(LivePath path, Failed failed) {
        return "the dashboard of running cluster " + path.namespace() + "/" + path.cluster() + ": " + failed.message()
                + ". What is stored of it: " + path.stored();
    }
}
