package io.rayhistory.bootstrap;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.rayhistory.adapters.http.HttpServer;
import io.rayhistory.adapters.http.HttpSettings;
import io.rayhistory.adapters.json.JacksonAnswerCodec;
import io.rayhistory.adapters.json.JacksonEventCodec;
import io.rayhistory.application.read.HistoryReader;
import io.rayhistory.application.read.ReaderSettings;
import io.rayhistory.application.read.SessionCacheSettings;
import io.rayhistory.application.read.SessionCatalog;
import io.rayhistory.application.read.SessionEntry;
import io.rayhistory.application.read.SessionHistories;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Puts the program together, with {@code new}, once. */
final class Wiring implements AutoCloseable {
    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    private final InstantSource clock = Clock.systemUTC();
    private final StoreSource source;
    private final HistoryReader reader;

    Wiring(StoreSource source, SettingValues values) {
        this.source = source;
        ReaderSettings defaults = ReaderSettings.of(source.rootDir(), clock);
        SessionCacheSettings cache = cache(values, defaults.cache());
        this.reader = HistoryReader.open(source.store(), new JacksonEventCodec(), new JacksonAnswerCodec(),
                new ReaderSettings(defaults.rootDir(), defaults.orphanScan(), cache, clock));
    }

    private static SessionCacheSettings cache(SettingValues values, SessionCacheSettings defaults) {
        Duration age = values.cacheAge();
        return new SessionCacheSettings(values.cacheBytes(defaults.maxBytes()), values.cachedSessions(),
                age.isZero() ? FOR_EVER : age, values.processTimeout(), defaults.loadThreads(), defaults.freshness());
    }

    SessionCatalog catalog() {
        return reader.catalog();
    }

    SessionHistories histories() {
        return reader.histories();
    }

    /** Starts listening. @param only the session to serve at the root, if it is just one */
    WebAddress serve(Optional<SessionEntry> only, SettingValues values, String port) {
        HttpSettings settings = HttpSettings.at(values.text(Setting.HOST), values.port(port));
        Optional<Path> client = values.path(Setting.DASHBOARD_DIR);
        if (client.isPresent()) {
            settings = settings.withDashboardDir(client.get());
        }
        if (only.isPresent()) {
            settings = settings.withSingleSession(only.get().key());
        }
        HttpServer server = HttpServer.start(settings, catalog(), histories(), clock, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
        return new WebAddress(values.text(Setting.HOST), server.port(), server);
    }

    @Override
    public void close() {
        reader.close();
        source.store().close();
    }
}
