package io.rayhistory.adapters.http;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.rayhistory.application.port.LiveDashboards;
import io.rayhistory.application.read.LoadReport;
import io.rayhistory.application.read.SessionHistories;
import io.rayhistory.application.read.SnapshotStats;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** What can be counted, as Prometheus reads it. Label values are bounded: routes, known methods, statuses, damage kinds. */
final class HttpMetrics {
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private final PrometheusMeterRegistry registry;

    HttpMetrics(PrometheusMeterRegistry registry, SessionHistories histories) {
        this.registry = registry;
        gauge("rayhistory.cache.sessions", "sessions in memory", histories, h -> h.stats().sessions());
        gauge("rayhistory.cache.bytes", "estimated heap of the sessions in memory", histories, h -> h.stats().bytes());
        counter("rayhistory.loads", "finished loads of sessions", histories, h -> h.stats().loads());
        counter("rayhistory.loads.failed", "failed loads of sessions", histories, h -> h.stats().failedLoads());
        counter("rayhistory.load.seconds", "time spent loading", histories, h -> h.stats().loadNanos() / 1e9);
        counter("rayhistory.cache.hits", "requests that found their session in memory", histories, h -> h.stats().hits());
        snapshots("read", histories, SnapshotStats::read);
        snapshots("missing", histories, SnapshotStats::missing);
        snapshots("damaged", histories, SnapshotStats::damaged);
        snapshots("failed", histories, SnapshotStats::failed);
        snapshots("written", histories, SnapshotStats::written);
    }

    private void snapshots(String outcome, SessionHistories of, ToDoubleFunction<SnapshotStats> value) {
        FunctionCounter.builder("rayhistory.snapshots", of, h -> value.applyAsDouble(h.stats().snapshots()))
                .tag("outcome", outcome).description("snapshots of ended sessions").register(registry);
    }

    /** What is passed on to running clusters. */
    void passingOn(LiveDashboards dashboards) {
        Gauge.builder("rayhistory.live.running", dashboards, each -> each.load().running()).strongReference(true)
                .description("requests and WebSockets being passed on to running clusters").register(registry);
        outcome(dashboards, "answered", load -> load.answered());
        for (LiveDashboards.Failure why : LiveDashboards.Failure.values()) {
            outcome(dashboards, why.name().toLowerCase(Locale.ROOT), load -> load.failed().get(why));
        }
    }

    private void outcome(LiveDashboards dashboards, String outcome, ToDoubleFunction<LiveDashboards.Load> value) {
        FunctionCounter.builder("rayhistory.live.requests", dashboards, each -> value.applyAsDouble(each.load()))
                .tag("outcome", outcome).description("requests and WebSockets for running clusters").register(registry);
    }

    private void gauge(String name, String help, SessionHistories of, ToDoubleFunction<SessionHistories> value) {
        Gauge.builder(name, of, value).description(help).strongReference(true).register(registry);
    }

    private void counter(String name, String help, SessionHistories of, ToDoubleFunction<SessionHistories> value) {
        FunctionCounter.builder(name, of, value).description(help).register(registry);
    }

    /** @param shown whether they can be asked for here @param audit told of every answer, too */
    void register(JavalinConfig config, boolean shown, Optional<AccessAudit> audit) {
        config.requestLogger.http((ctx, ms) -> {
            audit.ifPresent(log -> log.answered(ctx, ms));
            count(ctx, ms);
        });
        if (shown) {
            config.routes.get("/metrics", ctx -> ctx.contentType("text/plain; version=0.0.4; charset=utf-8").result(registry.scrape()));
            config.routes.head("/metrics", ctx -> ctx.contentType("text/plain; version=0.0.4; charset=utf-8"));
        }
    }

    private void count(Context ctx, float ms) {
        Timer.builder("rayhistory.http.requests").description("answered requests")
                .tag("route", route(ctx)).tag("method", method(ctx)).tag("status", Integer.toString(ctx.statusCode()))
                .register(registry).record(Duration.ofNanos((long) (ms * 1e6)));
    }

    /** Counts what a load lost. */
    void lost(LoadReport report) {
        report.damage().forEach((kind, count) -> registry.counter("rayhistory.bad.lines", "kind", kind)
                .increment(count));
        report.unknownTypes().values().forEach(count -> registry.counter("rayhistory.bad.lines", "kind", "unknown_type")
                .increment(count));
    }

    private static String route(Context ctx) {
        var endpoint = ctx.endpoints().lastHttpEndpoint();
        String path = endpoint == null ? "" : endpoint.path;
        String route = path.startsWith(SessionRequests.BASE) ? path.substring(SessionRequests.BASE.length()) : path;
        return route.isEmpty() ? "none" : route;
    }

    private static String method(Context ctx) {
        String method = ctx.req().getMethod();
        return METHODS.contains(method) ? method : "other";
    }
}
