package io.rayhistory.adapters.http.api;

import io.javalin.http.Context;
import io.rayhistory.adapters.http.json.JsonAnswers;
import io.rayhistory.application.read.StoredSession;
import io.rayhistory.domain.HistoryException;

import java.io.IOException;
import java.util.List;

/** Which Ray ran: {@code /api/version}, {@code /api/v0/cluster_metadata}, {@code /cluster_id}, {@code /timezone}. */
final class VersionApi {
    /** Of the job API; Ray's job client compares it (Ray: {@code python/ray/dashboard/consts.py}, {@code version.py}). */
    private static final String API_VERSION = "4";

    private final DashboardSettings settings;
    private final LogFacts facts;

    VersionApi(DashboardSettings settings, LogFacts facts) {
        this.settings = settings;
        this.facts = facts;
    }

    void register(SessionRoutes routes) {
        routes.get("/api/version", ErrorStyle.TEXT, this::version);
        routes.get("/api/ray/version", ErrorStyle.TEXT, this::version);
        routes.get("/api/v0/cluster_metadata", ErrorStyle.REST, VersionApi::metadata);
        routes.get("/cluster_id", ErrorStyle.REST, this::clusterId);
        routes.get("/timezone", ErrorStyle.TEXT, VersionApi::timezone);
    }

    private void version(Context ctx, StoredSession session) throws IOException {
        if (StoredAnswers.send(ctx, session, List.of("/api/version", "/api/ray/version"))) {
            return;
        }
        String version = session.rayVersion().isEmpty() ? settings.defaultRayVersion() : session.rayVersion();
        String commit = facts.rayCommit(session);
        JsonAnswers.send(ctx, 200, out -> {
            out.writeStartObject();
            out.writeStringField("version", API_VERSION);
            out.writeStringField("ray_version", version);
            out.writeStringField("ray_commit", commit);
            out.writeStringField("session_name", session.entry().key().session());
            out.writeEndObject();
        });
    }

    private static void metadata(Context ctx, StoredSession session) throws IOException {
        if (StoredAnswers.send(ctx, session, List.of("/api/v0/cluster_metadata"))) {
            return;
        }
        JsonAnswers.rest(ctx, 200, "", out -> {
            if (!session.rayVersion().isEmpty()) {
                out.writeStringField("rayVersion", session.rayVersion());
            }
        });
    }

    private void clusterId(Context ctx, StoredSession session) throws IOException {
        String id = facts.clusterId(session);
        if (id.isEmpty()) {
            throw HistoryException.missing("the cluster's id was not recorded");
        }
        JsonAnswers.rest(ctx, 200, "Fetched cluster id", out -> out.writeStringField("clusterId", id));
    }

    private static void timezone(Context ctx, StoredSession session) throws IOException {
        if (StoredAnswers.send(ctx, session, List.of("/timezone"))) {
            return;
        }
        JsonAnswers.send(ctx, 200, out -> {
            out.writeStartObject();
            for (String name : List.of("offset", "value")) {
                out.writeStringField(name, session.timezone().get(name));
            }
            out.writeEndObject();
        });
    }
}
