package io.rayhistory.adapters.http.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.javalin.http.Context;
import io.rayhistory.adapters.http.json.JsonAnswers;
import io.rayhistory.adapters.http.json.JsonBody;
import io.rayhistory.adapters.http.json.PlatformEventJson;
import io.rayhistory.application.read.StoredSession;
import io.rayhistory.domain.HistoryException;

import java.io.IOException;
import java.util.List;

/** Small questions of the web client whose answer is the same for every dead session. */
final class ConstantsApi {
    /** Uids of the dashboards that Ray installs (Ray: {@code python/ray/dashboard/modules/metrics/dashboards}). */
    private static final String[][] GRAFANA_UIDS = {{"default", "rayDefaultDashboard"}, {"serve", "rayServeDashboard"},
        {"serveDeployment", "rayServeDeploymentDashboard"}, {"serveLlm", "rayServeLlmDashboard"},
        {"data", "rayDataDashboard"}, {"train", "rayTrainDashboard"}};
    private static final List<String> PROFILING = List.of("/task/traceback", "/task/cpu_profile", "/worker/traceback",
            "/worker/cpu_profile", "/worker/gpu_profile", "/worker/jax_profile", "/memory_profile");

    private final DashboardSettings settings;

    ConstantsApi(DashboardSettings settings) {
        this.settings = settings;
    }

    void register(SessionRoutes routes) {
        rest(routes, "/usage_stats_enabled", "Fetched usage stats enabled", out -> {
            out.writeBooleanField("usageStatsEnabled", false);
            out.writeBooleanField("usageStatsPromptEnabled", false);
        });
        rest(routes, "/api/profiling_enabled", "", ConstantsApi::profiling);
        rest(routes, "/api/v0/runtime_env_redaction", "", out ->
                out.writeBooleanField("redactionEnabled", settings.redaction() != RuntimeEnvRedaction.OFF));
        routes.get("/api/authentication_mode", ErrorStyle.TEXT, (ctx, session) -> JsonAnswers.send(ctx, 200, out -> {
            out.writeStartObject();
            out.writeStringField("authentication_mode", "disabled");
            out.writeEndObject();
        }));
        routes.get("/api/grafana_health", ErrorStyle.REST, this::grafana);
        routes.get("/api/prometheus_health", ErrorStyle.REST, (ctx, session) ->
                JsonAnswers.rest(ctx, 500, "prometheus healthcheck failed.", out ->
                        out.writeStringField("reason", "the session is over; its metrics are not kept here")));
        routes.get("/api/prometheus/sd", ErrorStyle.TEXT, (ctx, session) -> JsonAnswers.send(ctx, 200, out -> {
            out.writeStartArray();
            out.writeEndArray();
        }));
        routes.get("/api/gcs_healthz", ErrorStyle.TEXT, (ctx, session) ->
                ctx.status(503).contentType("text/plain; charset=utf-8").result("the session is over"));
        for (String path : PROFILING) {
            routes.get(path, ErrorStyle.TEXT, (ctx, session) -> ctx.status(403)
                    .contentType("text/plain; charset=utf-8").result("Profiling is not available for a dead session."));
        }
        routes.get("/api/v0/platform_events", ErrorStyle.TEXT, ConstantsApi::platformEvents);
    }

    private static void rest(SessionRoutes routes, String path, String msg, JsonBody fields) {
        routes.get(path, ErrorStyle.REST, (ctx, session) -> JsonAnswers.rest(ctx, 200, msg, fields));
    }

    /** Ray's own defaults (Ray: {@code python/ray/dashboard/modules/reporter/reporter_head.py}); nothing uses them here. */
    private static void profiling(JsonGenerator out) throws IOException {
        out.writeBooleanField("profilingEnabled", false);
        out.writeObjectFieldStart("profilingDefaults");
        for (String off : List.of("native", "subprocesses", "idle", "leaks", "tracePythonAllocators")) {
            out.writeBooleanField(off, false);
        }
        out.writeNumberField("cpuDuration", 5);
        out.writeNumberField("memoryDuration", 10);
        out.writeNumberField("maxDuration", 60);
        out.writeStringField("cpuFormat", "flamegraph");
        out.writeStringField("memoryFormat", "flamegraph");
        out.writeBooleanField("pyspyNativeSupported", true);
        out.writeEndObject();
    }

    /** "Disabled" makes the web client hide its metrics; any failure would make it ask people to set Grafana up. */
    private void grafana(Context ctx, StoredSession session) throws IOException {
        if (settings.grafanaHost().isEmpty()) {
            JsonAnswers.rest(ctx, 200, "Grafana disabled", out -> out.writeStringField("grafanaHost", "DISABLED"));
            return;
        }
        JsonAnswers.rest(ctx, 200, "Grafana running", out -> {
            out.writeStringField("grafanaHost", settings.grafanaHost());
            out.writeStringField("grafanaOrgId", "1");
            out.writeNullField("grafanaClusterFilter");
            out.writeStringField("sessionName", session.entry().key().session());
            out.writeObjectFieldStart("dashboardUids");
            for (String[] uid : GRAFANA_UIDS) {
                out.writeStringField(uid[0], uid[1]);
            }
            out.writeEndObject();
            out.writeStringField("dashboardDatasource", "Prometheus");
        });
    }

    /** 404 hides the web client's tab; it is shown when there is something to show. */
    private static void platformEvents(Context ctx, StoredSession session) throws IOException {
        var events = session.history().platformEvents();
        if (events.isEmpty()) {
            throw HistoryException.missing("404: Not Found");
        }
        JsonAnswers.rest(ctx, 200, "Platform events fetched.", (JsonGenerator out) -> {
            out.writeArrayFieldStart("events");
            for (var event : events) {
                PlatformEventJson.write(out, event);
            }
            out.writeEndArray();
        });
    }
}
