package io.rayhistory.adapters.http;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.compression.Gzip;
import io.javalin.config.JavalinConfig;
import io.javalin.http.HandlerType;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.rayhistory.adapters.http.api.DashboardApi;
import io.rayhistory.adapters.http.history.HistoryApi;
import io.rayhistory.application.read.SessionCatalog;
import io.rayhistory.application.read.SessionHistories;
import io.rayhistory.application.read.SessionSources;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The running server. Thread-safe. */
public final class HttpServer implements AutoCloseable {
    private final Javalin javalin;
    private final Probes probes;

    private final HistoryApi history;
    private final SeenSessions seen;
    private final Optional<TlsFiles> tls;

    private HttpServer(Javalin javalin, Probes probes, HistoryApi history, SeenSessions seen, Optional<TlsFiles> tls) {
        this.tls = tls;
        this.seen = seen;
        this.javalin = javalin;
        this.probes = probes;
        this.history = history;
    }

    /**
     * Starts listening; returns when requests are accepted. The store is not asked: it may be down, and
     * {@code /readz} says so.
     *
     * @throws io.rayhistory.domain.HistoryException INVALID for a folder without a web client, UNAVAILABLE if the
     *         address is taken or not ours
     */
    public static HttpServer start(HttpSettings settings, SessionSources sources, InstantSource clock,
                                   PrometheusMeterRegistry metrics) {
        SessionCatalog catalog = sources.catalog();
        SessionHistories histories = sources.histories();
        StateAnswers states = new StateAnswers(sources.states());
        Probes probes = new Probes(catalog, sources.states());
        HttpMetrics counted = new HttpMetrics(metrics, histories);
        settings.live().ifPresent(one -> counted.passingOn(one.dashboards()));
        ErrorAnswers errors = new ErrorAnswers();
        SessionSelector selector = new SessionSelector(catalog, settings.singleSession(), clock);
        KnownSessions known = new KnownSessions(clock, counted::lost);
        SeenSessions seen = new SeenSessions(settings.access().map(AccessSettings::review));
        LoginCookie cookies = LoginCookie.of(settings.access().flatMap(AccessSettings::cookieKeys), clock);
        Optional<AccessGate> access = settings.access().map(one -> new AccessGate(one, cookies, selector, errors));
        HistoryApi history = new HistoryApi(sources, new HistoryFrame(selector, known, errors, seen), clock,
                settings.limits().concurrentRequests());
        Optional<LiveHeads> heads = settings.live().isPresent() ? sources.states().map(LiveHeads::new) : Optional.empty();
        Optional<LiveRequests> live = heads.map(found -> new LiveRequests(settings.live().get(), found, selector, errors));
        Optional<TlsFiles> tls = settings.tls().map(files -> new TlsFiles(files, TlsFiles.EVERY));
        Javalin javalin = Javalin.create(config -> {
            Listening.configure(config, settings, tls);
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.startup.startupWatcherEnabled = false;
            config.http.prefer405over404 = true;
            config.http.compressionStrategy = new CompressionStrategy(null, new Gzip(4));
            errors.register(config.routes);
            access.ifPresent(gate -> {
                new LoginRoutes(settings.access().get(), cookies, gate).register(config.routes);
                gate.register(config.routes);
            });
            Gatekeeper.register(config.routes, settings.dashboard().redaction());
            probes.register(config.routes);
            counted.register(config, settings.metrics(), settings.access().map(one -> new AccessAudit(one.via(), one.auditAllowed(), clock)));
            live.ifPresent(requests -> requests.register(config.routes));
            new ClusterRoutes(catalog, histories, states, selector, errors, heads, seen).register(config.routes);
            history.register(config.routes);
            sessionRoutes(config, settings, histories, states, clock, selector, known, errors, live);
        });
        Listening.start(javalin, settings);
        return new HttpServer(javalin, probes, history, seen, tls);
    }

    private static void sessionRoutes(JavalinConfig config, HttpSettings settings, SessionHistories histories,
                                      StateAnswers states, InstantSource clock, SessionSelector selector,
                                      KnownSessions known, ErrorAnswers errors, Optional<LiveRequests> live) {
        SessionRequests requests = new SessionRequests(config.routes, selector, histories, states, known, errors,
                settings.limits().concurrentRequests(), live);
        new DashboardApi(settings.dashboard(), clock).register(requests);
        ClientRoutes client = new ClientRoutes(settings, selector, histories, requests, errors);
        client.register(config.routes);
        config.resourceHandler(new ClientFiles(client));
    }

    /** Paths that GET is answered for, as they were announced: what is described can be compared with what is there. */
    List<String> paths() {
        return javalin.unsafe.internalRouter.allHttpHandlers().stream().map(handler -> handler.endpoint)
                .filter(endpoint -> endpoint.method.equals(HandlerType.GET)).map(endpoint -> endpoint.path).toList();
    }

    /** The port listened on. */
    public int port() {
        return javalin.port();
    }

    /** What it is not ready for, and why; empty when it is. May ask the store. */
    public Map<String, String> missing() {
        return probes.missing();
    }

    /** Stops listening, lets running requests end within their limit, cuts off the rest, and frees everything. */
    public void stop() {
        probes.stopping();
        Listening.stop(javalin);
        history.close();
        seen.close();
        tls.ifPresent(TlsFiles::close);
    }

    @Override
    public void close() {
        stop();
    }
}
