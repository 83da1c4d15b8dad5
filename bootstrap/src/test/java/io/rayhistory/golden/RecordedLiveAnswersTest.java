package io.rayhistory.golden;

import com.fasterxml.jackson.core.JsonProcessingException;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * A recorded store in, the live dashboard's answers out: every answer that the dashboard of a real cluster gave just
 * before it ended is asked for again. How many values agree is pinned per endpoint in {@code parity.txt}; a change there
 * wants a look at what this test prints, and a reason.
 *
 * <p>The dashboard itself ran six more tasks after its answers were recorded. Events of that time are cut off, so that
 * both sides speak of the same moment.
 */
class RecordedLiveAnswersTest {
    private static final String ANSWERS_RECORDED = "2026-11-22T20:23:28Z";
    private static final String BASE = "/s/default/demo/session_2026-11-22_20-21-16_964865_19675";
    private final ObjectMapper mapper = new ObjectMapper();
    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void theDeadClusterAnswersAsItsLiveDashboardDid(@TempDir Path folder) throws Exception {
        Path live = Recording.unpack("live", folder);
        Path stored = Recording.unpack("store", folder);
        cutEvents(stored);
        Score score = new Score();
        try (DirectoryObjectStore store = new DirectoryObjectStore(stored);
             HistoryReader reader = HistoryReader.open(store, new JacksonEventCodec(), new JacksonAnswerCodec(),
                     ReaderSettings.of("ray", Clock.systemUTC()));
             HttpServer server = HttpServer.start(HttpSettings.at("127.0.0.1", 0), reader.sources(), Clock.systemUTC(), new PrometheusMeterRegistry(PrometheusConfig.DEFAULT))) {
            for (JsonNode entry : mapper.readTree(live.resolve("INDEX.json").toFile())) {
                LiveAnswer answer = answer(entry, live);
                if (!answer.onlyLive() && answer.status() > 0) {
                    ask(answer, "http://127.0.0.1:" + server.port() + BASE, score);
                }
            }
        }
        List<String> pinned = new String(Recording.open("parity.txt").readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        String found = "mean of the endpoints " + score.mean() + " %, leaves " + score.leaves() + " %\n"
                + String.join("\n", score.lines()) + "\n\nsome that differ:\n" + String.join("\n", score.misses());
        assertEquals(pinned, score.lines(), found);
        assertTrue(score.mean() >= 97, found);
        assertTrue(score.leaves() >= 99.8, found);
    }

    private void cutEvents(Path store) throws IOException {
        List<Path> eventFiles;
        try (Stream<Path> files = Files.walk(store)) {
            eventFiles = files.filter(f -> f.toString().endsWith(".jsonl")).toList();
        }
        for (Path file : eventFiles) {
            List<String> kept = new ArrayList<>();
            for (String line : Files.readAllLines(file)) {
                if (mapper.readTree(line).get("timestamp").asText().compareTo(ANSWERS_RECORDED) < 0) {
                    kept.add(line);
                }
            }
            Files.write(file, kept);
        }
    }

    private LiveAnswer answer(JsonNode entry, Path live) throws IOException {
        String body = entry.path("file").isTextual()
                ? Files.readString(live.resolve(entry.get("file").asText()), StandardCharsets.UTF_8) : "";
        return new LiveAnswer(entry.get("uri").asText(), entry.get("status").asInt(), json(body), body);
    }

    private void ask(LiveAnswer answer, String base, Score score) throws IOException, InterruptedException {
        HttpResponse<String> ours = get(base + answer.uri());
        boolean log = answer.uri().contains("/logs/file");
        if (log && ours.statusCode() == 200 && !ours.body().contains(answer.text().strip())) {
            // The file may have grown after the recording: then the recorded end stands somewhere in all of it.
            ours = get(base + answer.uri().replaceAll("&lines=-?\\d+", "") + "&lines=-1");
        }
        answer.compare(ours.statusCode(), json(ours.body()), ours.body(), score);
    }

    private HttpResponse<String> get(String uri) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(uri)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** {@code null} for what is no JSON. */
    private JsonNode json(String body) {
        try {
            return body.isBlank() ? null : mapper.readTree(body);
        } catch (JsonProcessingException notJson) {
            return null;
        }
    }
}
