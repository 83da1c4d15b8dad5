package io.rayhistory.adapters.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.rayhistory.adapters.http.api.ErrorStyle;
import io.rayhistory.adapters.http.json.JsonAnswers;
import io.rayhistory.application.port.LiveCluster;
import io.rayhistory.application.read.SessionCatalog;
import io.rayhistory.application.read.SessionEntry;
import io.rayhistory.application.read.SessionHistories;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.id.ClusterRef;
import io.rayhistory.domain.id.OwnerKind;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which sessions there are, and choosing one by cookie: the contract of the Go history server, which pages and plug-ins
 * rely on, with errors that can be read.
 */
final class ClusterRoutes {
    private final SessionCatalog catalog;
    private final SessionHistories histories;
    private final StateAnswers states;
    private final SessionSelector selector;
    private final ErrorAnswers errors;
    private final Optional<LiveHeads> heads;
    private final SeenSessions seen;

    ClusterRoutes(SessionCatalog catalog, SessionHistories histories, StateAnswers states, SessionSelector selector, ErrorAnswers errors, Optional<LiveHeads> heads, SeenSessions seen) {
        this.seen = seen;
        this.heads = heads;
        this.catalog = catalog;
        this.histories = histories;
        this.states = states;
        this.selector = selector;
        this.errors = errors;
    }

    void register(RoutesConfig routes) {
        for (HandlerType method : List.of(HandlerType.GET, HandlerType.HEAD)) {
            routes.addHttpHandler(method, "/clusters", this::clusters);
            routes.addHttpHandler(method, "/enter_cluster/{namespace}/{kind}/{name}", ctx -> enter(ctx, "latest"));
            routes.addHttpHandler(method, "/enter_cluster/{namespace}/{kind}/{name}/{session}",
                    ctx -> enter(ctx, ctx.pathParam("session")));
        }
    }

    private void clusters(Context ctx) throws IOException {
        errors.style(ctx, ErrorStyle.REST);
        long limit = limit(ctx.queryParam("limit"));
        List<SessionEntry> all = seen.of(ctx, catalog.list().sessions(), entry -> entry.key().cluster());
        DoubleNames names = new DoubleNames(all);
        List<LiveCluster> live = seen.of(ctx, states.live(), LiveCluster::cluster).stream().filter(cluster -> matches(ctx, cluster.cluster())).toList();
        List<StateAnswers.Stated> matching = states.of(all).stream()
                .filter(row -> matches(ctx, row.entry().key().cluster())).toList();
        ctx.header("X-Total-Count", Integer.toString(live.size() + matching.size())).header("Cache-Control", "no-cache");
        JsonAnswers.send(ctx, 200, out -> {
            out.writeStartArray();
            for (LiveCluster cluster : live.subList(0, (int) Math.min(limit, live.size()))) {
                StateAnswers.writeLive(out, cluster, heads.isPresent());
            }
            for (StateAnswers.Stated row : matching.subList(0, (int) Math.max(0, Math.min(limit - live.size(), matching.size())))) {
                write(out, row, names.contain(row.entry()));
            }
            out.writeEndArray();
        });
    }

    private static long limit(String text) {
        if (text == null) {
            return Long.MAX_VALUE;
        }
        try {
            long limit = Long.parseLong(text);
            if (limit >= 0) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw HistoryException.invalid("limit '" + text + "' is not a number of 0 or more");
    }

    private static boolean matches(Context ctx, ClusterRef cluster) {
        return equal(ctx.queryParam("namespace"), cluster.namespace()) && equal(ctx.queryParam("name"), cluster.name())
                && equal(ctx.queryParam("kind"), cluster.ownerKind().folder());
    }

    private static boolean equal(String wanted, String value) {
        return wanted == null || wanted.equals(value);
    }

    private static void write(JsonGenerator out, StateAnswers.Stated row, boolean tellOwner) throws IOException {
        SessionEntry entry = row.entry();
        ClusterRef cluster = entry.key().cluster();
        Instant start = entry.start().orElse(Instant.EPOCH);
        out.writeStartObject();
        out.writeStringField("name", cluster.name());
        out.writeStringField("namespace", cluster.namespace());
        out.writeStringField("sessionName", entry.key().session());
        out.writeStringField("createTime", start.toString());
        out.writeNumberField("createTimeStamp", start.getEpochSecond());
        StateAnswers.writeOwner(out, cluster);
        out.writeStringField("base", "/" + SessionNames.base(entry, tellOwner));
        row.writeState(out);
        out.writeEndObject();
    }

    private void enter(Context ctx, String session) throws IOException {
        errors.style(ctx, ErrorStyle.REST);
        String namespace = ctx.pathParam("namespace");
        String name = ctx.pathParam("name");
        String kind = ctx.pathParam("kind");
        SessionNames.owner(kind, "");
        String wanted = session.equals("default") ? "latest" : session;
        if (!wanted.equals("latest") && !wanted.equals("live") && !wanted.startsWith("session_")) {
            throw HistoryException.invalid("session '" + session + "' is neither latest nor does it start with session_");
        }
        if (wanted.equals(LivePath.LIVE) && heads.isPresent()) {
            enterLive(ctx, live(kind, namespace, name));
            return;
        }
        String owner = ownerOf(kind, namespace, name, wanted);
        SessionEntry entry = selector.find(namespace, name, wanted, owner);
        histories.open(entry);
        selector.remember(ctx, entry);
        ctx.header("Cache-Control", "no-store");
        JsonAnswers.send(ctx, 200, out -> {
            out.writeStartObject();
            out.writeStringField("result", "success");
            out.writeStringField("name", name);
            out.writeStringField("namespace", namespace);
            out.writeStringField("session", entry.key().session());
            out.writeStringField("base", "/" + SessionNames.base(entry, !owner.isEmpty()));
            out.writeEndObject();
        });
    }

    /** @param candidates of which the first is entered; several where a job or service has several clusters */
    private void enterLive(Context ctx, List<ClusterRef> candidates) throws IOException {
        ClusterRef cluster = candidates.get(0);
        selector.remember(ctx, cluster, LivePath.LIVE);
        ctx.header("Cache-Control", "no-store");
        JsonAnswers.send(ctx, 200, out -> {
            out.writeStartObject();
            out.writeStringField("result", "success");
            out.writeStringField("name", cluster.name());
            out.writeStringField("namespace", cluster.namespace());
            out.writeStringField("session", LivePath.LIVE);
            out.writeStringField("base", StateAnswers.liveBase(cluster));
            if (candidates.size() > 1) {
                out.writeArrayFieldStart("candidates");
                for (ClusterRef each : candidates) {
                    out.writeString(each.name());
                }
                out.writeEndArray();
            }
            out.writeEndObject();
        });
    }

    /** The cluster itself, or those that the job or service of that name owns, the one to enter first. */
    private List<ClusterRef> live(String kind, String namespace, String name) {
        List<LiveCluster> owned = kind.equals(OwnerKind.RAYCLUSTER.folder()) ? List.of() : states.live().stream()
                .filter(each -> each.cluster().namespace().equals(namespace) && each.cluster().ownerKind().folder().equals(kind)
                        && (each.cluster().ownerName().equals(name) || each.cluster().name().equals(name))).toList();
        return owned.isEmpty() ? List.of(heads.orElseThrow().present(namespace, name).get(0).cluster())
                : owned.stream().sorted(heads.orElseThrow().preferred(owned.get(0).cluster())).map(LiveCluster::cluster).toList();
    }

    /** The link tells the kind of the owner, not its name: the newest session of that kind decides. */
    private String ownerOf(String kind, String namespace, String name, String session) {
        if (kind.equals(OwnerKind.RAYCLUSTER.folder())) {
            return "";
        }
        return catalog.list().sessions().stream()
                .filter(e -> e.key().cluster().ownerKind().folder().equals(kind)
                        && e.key().cluster().namespace().equals(namespace) && e.key().cluster().name().equals(name)
                        && (session.equals("latest") || e.key().session().equals(session)))
                .findFirst().map(e -> SessionNames.owner(kind, e.key().cluster().ownerName())).orElse("");
    }
}
