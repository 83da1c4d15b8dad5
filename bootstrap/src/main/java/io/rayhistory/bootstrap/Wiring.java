package io.rayhistory.bootstrap;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.rayhistory.adapters.http.HttpServer;
import io.rayhistory.adapters.http.AccessSettings;
import io.rayhistory.adapters.http.HttpSettings;
import io.rayhistory.adapters.http.LiveSettings;
import io.rayhistory.adapters.http.TlsSettings;
import io.rayhistory.adapters.http.api.DashboardSettings;
import io.rayhistory.adapters.http.api.RuntimeEnvRedaction;
import io.rayhistory.adapters.http.intake.AdminServer;
import io.rayhistory.adapters.json.JacksonAnswerCodec;
import io.rayhistory.adapters.json.JacksonEventCodec;
import io.rayhistory.adapters.kubernetes.ApiEntrance;
import io.rayhistory.adapters.kubernetes.KubernetesAccess;
import io.rayhistory.adapters.raydashboard.ApiServerRoute;
import io.rayhistory.adapters.raydashboard.DirectRoute;
import io.rayhistory.adapters.raydashboard.HeadRoute;
import io.rayhistory.adapters.raydashboard.HttpHeadProbe;
import io.rayhistory.adapters.raydashboard.HttpLiveDashboards;
import io.rayhistory.application.port.AccessReview;
import io.rayhistory.application.port.HeadServices;
import io.rayhistory.application.read.HistoryReader;
import io.rayhistory.application.read.IndexUpkeep;
import io.rayhistory.application.read.ReaderSettings;
import io.rayhistory.application.read.SessionCacheSettings;
import io.rayhistory.application.read.SessionCatalog;
import io.rayhistory.application.read.SessionHistories;
import io.rayhistory.application.read.SessionStates;
import io.rayhistory.application.read.SnapshotSettings;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Puts the program together, with {@code new}, once. */
final class Wiring implements AutoCloseable {
    private static final Duration FIRST_LIST = Duration.ofSeconds(10);
    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    private final InstantSource clock = Clock.systemUTC();
    private final StoreSource source;
    private final HistoryReader reader;
    private final Closing live = new Closing(false);
    private SessionStates states;
    private Optional<AccessSettings> access = Optional.empty();
    private Function<String, AccessReview> review = audience -> {
        throw new IllegalStateException("no Kubernetes is watched");
    };
    private Optional<LiveSettings> dashboards = Optional.empty();

    /** For commands that load nothing, or little. */
    Wiring(StoreSource source) {
        this(source, SessionCacheSettings.defaults(), SnapshotSettings.reading());
    }

    Wiring(StoreSource source, SessionCacheSettings cache, SnapshotSettings snapshots) {
        this.source = source;
        ReaderSettings defaults = ReaderSettings.of(source.rootDir(), clock);
        this.reader = HistoryReader.open(source.store(), new JacksonEventCodec(), new JacksonAnswerCodec(),
                new ReaderSettings(defaults.rootDir(), defaults.orphanScan(), cache, clock, snapshots));
    }

    static SessionCacheSettings cacheSettings(SettingValues values) {
        SessionCacheSettings defaults = SessionCacheSettings.defaults();
        Duration age = values.cacheAge();
        return new SessionCacheSettings(values.cacheBytes(defaults.maxBytes()), values.cachedSessions(),
                age.isZero() ? FOR_EVER : age, values.processTimeout(), defaults.loadThreads(), defaults.freshness());
    }

    static HttpSettings httpSettings(SettingValues values, String port) {
        DashboardSettings dashboard = new DashboardSettings(values.word(Setting.REDACTION, RuntimeEnvRedaction.class),
                DashboardSettings.DEFAULTS.defaultRayVersion(), values.text(Setting.GRAFANA_HOST), values.truth(Setting.NODES_DEAD));
        HttpSettings settings = HttpSettings.at(values.text(Setting.HOST), values.port(port)).withDashboard(dashboard)
                .withPages(new MountedPages());
        Optional<Path> certificate = values.path(Setting.TLS_CERT);
        Optional<Path> key = values.path(Setting.TLS_KEY);
        if (certificate.isPresent() != key.isPresent()) {
            throw values.refuse(certificate.isPresent() ? Setting.TLS_CERT : Setting.TLS_KEY, "both " + Setting.TLS_CERT.flag() + " and "
                    + Setting.TLS_KEY.flag() + ", or neither", null);
        }
        if (certificate.isPresent()) {
            settings = settings.withTls(new TlsSettings(certificate.get(), key.get()));
        }
        Optional<Path> client = values.path(Setting.DASHBOARD_DIR);
        return client.isPresent() ? settings.withDashboardDir(client.get()) : settings;
    }

    SessionCatalog catalog() {
        return reader.catalog();
    }

    IndexUpkeep index() {
        return reader.index();
    }

    SessionHistories histories() {
        return reader.histories();
    }

    /**
     * Begins to watch the clusters that live, and waits a little for the first list.
     *
     * @param say takes a sentence if there is nothing to watch
     */
    void watch(KubernetesPlan plan, Consumer<String> say) {
        if (plan.settings().isEmpty()) {
            say.accept("no Kubernetes configured: every stored session is treated as ended");
            return;
        }
        KubernetesAccess kubernetes = live.add(KubernetesAccess.start(plan.settings().get(), clock));
        HeadRoute route = live.add(route(plan, kubernetes));
        HttpHeadProbe probe = new HttpHeadProbe(route, kubernetes.tokens(), new JacksonAnswerCodec(), clock);
        review = kubernetes::review;
        if (plan.live()) {
            dashboards = Optional.of(new LiveSettings(live.add(new HttpLiveDashboards(route, kubernetes.tokens())), plan.profiling()));
        }
        kubernetes.awaitList(FIRST_LIST);
        states = live.add(SessionStates.open(kubernetes.clusters(), probe, source.store(), source.rootDir(), catalog(), clock));
    }

    private static HeadRoute route(KubernetesPlan plan, KubernetesAccess kubernetes) {
        HeadServices services = plan.verified() ? kubernetes.services(plan.clusterDomain()) : HeadServices.TRUSTED;
        return switch (plan.route()) {
            case DIRECT -> new DirectRoute(plan.heads(), services);
            case APISERVER -> new ApiServerRoute(context -> {
                ApiEntrance entrance = kubernetes.entrance(context);
                return new ApiServerRoute.Server(entrance.url(), entrance.tls(), entrance.token());
            }, services);
        };
    }

    /** Lets in only whom the plan says. To be called after {@link #watch}. */
    void guard(AccessPlan plan) {
        access = plan.settings(review);
    }

    /** Whether stored sessions still run. */
    SessionStates states() {
        if (states == null) {
            states = live.add(SessionStates.withoutKubernetes(source.store(), source.rootDir(), catalog(), clock));
        }
        return states;
    }

    WebAddress serve(HttpSettings settings) {
        return serve(settings, Optional.empty(), sentence -> { });
    }

    /** @param admin where it tells how it is, until this is closed @param say takes a sentence about that */
    WebAddress serve(HttpSettings settings, Optional<AdminPlan> admin, Consumer<String> say) {
        HttpSettings passing = dashboards.map(settings::withLive).orElse(settings);
        HttpSettings guarded = access.map(passing::withAccess).orElse(passing);
        PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        HttpServer server = HttpServer.start(admin.isPresent() ? guarded.withoutMetrics() : guarded, reader.sources().with(states()), clock, metrics);
        WebAddress address = new WebAddress(settings.host(), settings.tls().isPresent(), server);
        try {
            admin.ifPresent(plan -> say.accept("Figures and probes: http://" + WebAddress.reachable(plan.host()) + ":"
                    + live.add(AdminServer.start(plan.host(), plan.port(), server::missing, metrics::scrape)).port()));
        } catch (RuntimeException e) {
            address.close();
            throw e;
        }
        return address;
    }

    @Override
    public void close() {
        live.close();
        reader.close();
        source.store().close();
    }
}
