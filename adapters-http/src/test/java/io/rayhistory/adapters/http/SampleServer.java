package io.rayhistory.adapters.http;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.rayhistory.adapters.filesystem.DirectoryObjectStore;
import io.rayhistory.adapters.json.JacksonAnswerCodec;
import io.rayhistory.adapters.json.JacksonEventCodec;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.application.read.HistoryReader;
import io.rayhistory.application.read.ReaderSettings;
import io.rayhistory.application.read.SessionArchive;
import io.rayhistory.application.read.SessionCatalog;
import io.rayhistory.application.read.SessionEntry;
import io.rayhistory.application.read.SessionHistories;
import io.rayhistory.application.read.SessionSources;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A real server on a free port, with the bundled sample or whatever a test puts behind it, and a client for it. Registered as an
 * extension it lives as long as a test class.
 */
final class SampleServer implements AutoCloseable, AfterAllCallback {
    static final String SESSION = "session_2026-11-22_20-21-16_964865_19675";
    static final String BASE = "/s/default/demo/" + SESSION;
    static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-23T10:00:00Z"));

    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpServer server;
    private final Runnable onClose;

    private SampleServer(HttpServer server, Runnable onClose) {
        this.server = server;
        this.onClose = onClose;
    }

    static HistoryReader sample() {
        return HistoryReader.open(new DirectoryObjectStore(Path.of("../samples/hello-session")), new JacksonEventCodec(),
                new JacksonAnswerCodec(), ReaderSettings.of("", CLOCK));
    }

    /** Serves the bundled sample. */
    static SampleServer start(UnaryOperator<HttpSettings> change) {
        HistoryReader reader = sample();
        return start(change, reader.sources(), reader::close);
    }

    static SampleServer start(UnaryOperator<HttpSettings> change, SessionCatalog catalog, SessionHistories histories,
                              Runnable onClose) {
        return start(change, SessionSources.of(catalog, histories, new NoArchive()), onClose);
    }

    static SampleServer start(UnaryOperator<HttpSettings> change, SessionSources sources, Runnable onClose) {
        HttpServer server = HttpServer.start(change.apply(HttpSettings.at("127.0.0.1", 0)), sources, CLOCK,
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
        return new SampleServer(server, onClose);
    }

    private static final class NoArchive implements SessionArchive {
        @Override
        public List<Item> items(SessionEntry entry) {
            return List.of();
        }

        @Override
        public <T> T read(Item item, ObjectStore.StreamReader<T> reader) {
            throw new AssertionError("no object is stored");
        }
    }

    URI uri(String target) {
        return URI.create("http://127.0.0.1:" + server.port() + target);
    }

    /** @param headers names and values by turns */
    HttpResponse<String> get(String target, String... headers) throws IOException, InterruptedException {
        return send("GET", target, headers);
    }

    HttpResponse<String> send(String method, String target, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(target))
                .method(method, HttpRequest.BodyPublishers.noBody());
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpClient client() {
        return client;
    }

    HttpServer server() {
        return server;
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    @Override
    public void close() {
        server.close();
        onClose.run();
    }
}
