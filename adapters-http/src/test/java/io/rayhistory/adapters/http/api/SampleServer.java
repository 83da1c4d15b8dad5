package io.rayhistory.adapters.http.api;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.rayhistory.adapters.http.HttpServer;
import io.rayhistory.adapters.http.HttpSettings;
import io.rayhistory.adapters.json.JacksonAnswerCodec;
import io.rayhistory.adapters.json.JacksonEventCodec;
import io.rayhistory.application.port.InMemoryObjectStore;
import io.rayhistory.application.read.HistoryReader;
import io.rayhistory.application.read.ReaderSettings;
import io.rayhistory.application.read.SessionEntry;
import io.rayhistory.application.read.StoredSession;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Stream;

/** The sample session behind a real server on a free port, with whatever else a test puts beside its logs. */
final class SampleServer implements AutoCloseable {
    static final String HEAD_NODE = "5263ab4e58b0b118a9ecbb1b829dcf4eb165494fc261bfd004660e1f";
    static final String DEAD_NODE = "856e6ecf6b34e331a3674667e2e36b339e55497bd534ce7f69736169";
    static final String SESSION = "session_2026-11-22_20-21-16_964865_19675";
    private static final Path SAMPLE = Path.of("..", "samples", "hello-session");
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-12-01T02:03:04Z"));

    private final InMemoryObjectStore store = new InMemoryObjectStore();
    private final HttpClient client = HttpClient.newHttpClient();
    private HistoryReader reader;
    private HttpServer server;

    SampleServer() {
        try (Stream<Path> files = Files.walk(SAMPLE)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                store.plant(SAMPLE.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts a log file on a node; before {@link #start}. */
    SampleServer log(String nodeId, String name, byte[] content) {
        store.plant("cluster-history/raycluster/default/demo/" + SESSION + "/" + nodeId + "/logs/" + name, content);
        return this;
    }

    SampleServer start() {
        reader = HistoryReader.open(store, new JacksonEventCodec(), new JacksonAnswerCodec(),
                ReaderSettings.of("", CLOCK));
        HttpSettings settings = HttpSettings.at("127.0.0.1", 0).withSingleSession(entry().key());
        server = HttpServer.start(settings, reader.sources(), CLOCK,
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
        return this;
    }

    private SessionEntry entry() {
        return reader.sessions().get(0);
    }

    StoredSession session() {
        return reader.session(entry());
    }

    HttpResponse<byte[]> send(String method, String target) {
        try {
            return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + target))
                    .method(method, BodyPublishers.noBody()).build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<byte[]> get(String target) {
        return send("GET", target);
    }

    static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.close();
        reader.close();
    }
}
