package io.rayhistory.adapters.http.intake;

import io.rayhistory.adapters.json.StreamingEventSplitter;
import io.rayhistory.application.collect.EventIntake;
import io.rayhistory.application.collect.IntakeLimits;
import io.rayhistory.application.port.InMemoryEventSpool;
import io.rayhistory.application.port.SpoolFile;
import io.rayhistory.application.port.SpoolSettings;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** A real intake behind a real port; only the spool is in memory. */
final class IntakeFixture implements AutoCloseable {
    static final String SESSION = "session_2026-11-22_20-21-16_964865_19675";

    final InMemoryEventSpool spool;
    final EventIntake intake;
    final EventsIntakeServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    IntakeFixture(IntakeLimits limits, String token, long spoolBytes) {
        spool = new InMemoryEventSpool("c_ns", SpoolSettings.DEFAULTS.withLimit(spoolBytes, SpoolSettings.Overflow.REJECT), () -> Instant.EPOCH);
        intake = new EventIntake(new StreamingEventSplitter(), spool, limits);
        server = EventsIntakeServer.start(new IntakeSettings("127.0.0.1", 0, token), intake);
    }

    IntakeFixture() {
        this(IntakeLimits.DEFAULTS, "", 1 << 20);
    }

    static String event(String id) {
        return "{\"eventId\":\"" + id + "\",\"sessionName\":\"" + SESSION + "\",\"timestamp\":\"2026-11-22T20:21:20.971617420Z\"}";
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(byte[] body, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = to("/v1/events").POST(BodyPublishers.ofByteArray(body));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    HttpResponse<String> post(String body, String... headers) throws IOException, InterruptedException {
        return post(body.getBytes(StandardCharsets.UTF_8), headers);
    }

    /** {@code session/job} to its lines. */
    Map<String, String> kept() {
        Map<String, String> kept = new TreeMap<>();
        for (SpoolFile file : spool.files()) {
            kept.put(file.category().session() + "/" + file.category().jobId(), spool.read(file, 0, file.committed(),
                    range -> new String(range.readAllBytes(), StandardCharsets.UTF_8)).orElseThrow());
        }
        return kept;
    }

    @Override
    public void close() {
        server.close();
    }
}
