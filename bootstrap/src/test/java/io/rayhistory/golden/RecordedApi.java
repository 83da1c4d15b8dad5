package io.rayhistory.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.rayhistory.adapters.filesystem.DirectoryObjectStore;
import io.rayhistory.adapters.http.HttpServer;
import io.rayhistory.adapters.http.HttpSettings;
import io.rayhistory.adapters.json.JacksonAnswerCodec;
import io.rayhistory.adapters.json.JacksonEventCodec;
import io.rayhistory.application.read.HistoryReader;
import io.rayhistory.application.read.ReaderSettings;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** The recorded cluster behind a real server, and a client of the API of our own pages. */
final class RecordedApi implements AutoCloseable {
    static final String SESSION = "/history/v1/sessions/default/demo/session_2026-11-22_20-21-16_964865_19675";

    private final ObjectMapper mapper = new ObjectMapper();
    private final HttpClient client = HttpClient.newHttpClient();
    private final DirectoryObjectStore store;
    private final HistoryReader reader;
    private final HttpServer server;

    /** Puts something more into the store before it is served. */
    @FunctionalInterface
    interface Planting {
        void into(Path store) throws IOException;
    }

    RecordedApi(Path folder) throws IOException {
        this(folder, store -> { });
    }

    RecordedApi(Path folder, Planting planting) throws IOException {
        Path unpacked = Recording.unpack("store", folder);
        planting.into(unpacked);
        store = new DirectoryObjectStore(unpacked);
        reader = HistoryReader.open(store, new JacksonEventCodec(), new JacksonAnswerCodec(),
                ReaderSettings.of("ray", Clock.systemUTC()));
        server = HttpServer.start(HttpSettings.at("127.0.0.1", 0), reader.sources(), Clock.systemUTC(),
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    }

    /** @param headers names and values by turns */
    HttpResponse<byte[]> bytes(String target, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + target));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    /** An answer below the session. */
    JsonNode get(String target) throws IOException, InterruptedException {
        return json(200, SESSION + target);
    }

    JsonNode json(int status, String target) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = bytes(target);
        assertEquals(status, answer.statusCode(), target + ": " + new String(answer.body(), StandardCharsets.UTF_8));
        return parse(answer.body());
    }

    JsonNode parse(byte[] body) throws IOException {
        return mapper.readTree(body);
    }

    /** The first row with a member of that value. */
    static JsonNode row(JsonNode answer, String member, String value) {
        for (JsonNode row : answer.get("rows")) {
            if (row.get(member).asText().equals(value)) {
                return row;
            }
        }
        throw new AssertionError("no row with " + member + " " + value + " in " + answer);
    }

    @Override
    public void close() {
        server.close();
        reader.close();
        store.close();
    }
}
