package io.rayhistory.adapters.http.intake;

import io.rayhistory.application.collect.CollectorFigures;
import io.rayhistory.application.collect.IntakeCounts;
import io.rayhistory.application.port.SpoolUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

final class AdminServerTest {
    private final Map<String, String> missing = new TreeMap<>();

    private String ask(String method, String path) throws IOException, InterruptedException {
        CollectorMetrics metrics = new CollectorMetrics(new Figures(), () -> Instant.ofEpochSecond(1_000));
        try (AdminServer server = AdminServer.start("127.0.0.1", 0, () -> missing, metrics)) {
            HttpResponse<String> answer = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port()
                    + path)).method(method, HttpRequest.BodyPublishers.noBody()).build(), HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body();
        }
    }

    @Test
    void aliveEvenWhileSomethingIsMissing() throws Exception {
        missing.put("storage", "it is away");
        assertEquals("200 ok\n", ask("GET", "/livez"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/readz", "/readyz"})
    void readyOnceNothingIsMissing(String path) throws Exception {
        assertEquals("200 ok\n", ask("GET", path));
        missing.put("session", "no session_latest in /tmp/ray");
        missing.put("storage", "it is away");
        assertEquals("503 session: no session_latest in /tmp/ray\nstorage: it is away\n", ask("GET", path));
        assertEquals("503 ", ask("HEAD", path));
    }

    @Test
    void otherPathsAndMethodsAreRefused() throws Exception {
        assertTrue(ask("GET", "/v1/events").startsWith("404 404: "));
        assertTrue(ask("POST", "/livez").startsWith("405 "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"events_accepted_total 1.0", "events_rejected_total 2.0", "events_duplicate_total 3.0", "spool_bytes 90.0", "spool_pressure 1.0",
        "oldest_unsent_event_seconds 40.0", "oldest_unsent_log_seconds 10.0", "files_tracked 7.0", "rotations_archived_total 8.0",
        "dropped_bytes_total 14.0", "store_retries_total 6.0", "posts_refused_total 9.0",
        "store_requests_total{operation=\"put\",outcome=\"ok\"} 11.0", "polls_total{endpoint=\"/e0\",outcome=\"stored\"} 1.0",
        "polls_total{endpoint=\"other\",outcome=\"stored\"} 50.0"})
    void figuresAreTold(String line) throws Exception {
        String metrics = ask("GET", "/metrics");
        assertTrue(metrics.contains("\nrayhistory_collector_" + line + "\n"), metrics);
    }

    @Test
    void talliesFollowTheirFigures() {
        Figures figures = new Figures();
        CollectorMetrics metrics = new CollectorMetrics(figures, () -> Instant.EPOCH);
        metrics.get();
        figures.puts = 12;
        assertTrue(metrics.get().contains("store_requests_total{operation=\"put\",outcome=\"ok\"} 12.0"));
    }

    private static final class Figures implements CollectorFigures {
        private int puts = 11;

        @Override
        public IntakeCounts events() {
            return new IntakeCounts(4, 1, 2, 3, 0, 100, 5, 0, 9);
        }

        @Override
        public SpoolUsage spool() {
            return new SpoolUsage(90, 100, 200, 1, 10, 0, 0, 0);
        }

        @Override
        public Optional<Instant> oldestUnsentEvent() {
            return Optional.of(Instant.ofEpochSecond(960));
        }

        @Override
        public Logs logs() {
            return new Logs(7, Optional.of(Instant.ofEpochSecond(990)), 8, 4);
        }

        @Override
        public List<Tally> storeRequests() {
            return List.of(new Tally("put", "ok", puts), new Tally("put", "failed", 1));
        }

        @Override
        public long retries() {
            return 6;
        }

        @Override
        public List<Tally> polls() {
            return IntStream.range(0, 250).mapToObj(i -> new Tally("/e" + i, "stored", 1)).toList();
        }
    }
}
