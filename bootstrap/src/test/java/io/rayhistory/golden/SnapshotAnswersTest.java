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
import io.rayhistory.application.read.SessionEntry;
import io.rayhistory.application.read.SnapshotMode;
import io.rayhistory.application.read.SnapshotSettings;
import io.rayhistory.application.read.SnapshotStats;
import io.rayhistory.application.read.SnapshotUse;
import io.rayhistory.application.read.StoredSession;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A session that comes from its snapshot answers every question with the very bytes of one that was replayed. */
class SnapshotAnswersTest {
    private static final Path SAMPLE = Path.of("..", "samples", "hello-session");
    private static final List<String> MORE = List.of("/api/v0/tasks?detail=1&limit=10000&exclude_driver=0",
            "/api/v0/actors?detail=1", "/api/v0/nodes?detail=1", "/api/v0/workers?detail=1", "/api/v0/jobs?detail=1",
            "/api/v0/placement_groups?detail=1", "/api/v0/cluster_events?detail=1&limit=10000", "/api/v0/tasks/summarize",
            "/api/v0/tasks/summarize?summary_by=lineage", "/api/v0/actors/summarize", "/api/v0/tasks/timeline",
            "/logical/actors", "/api/jobs/", "/nodes?view=summary", "/events", "/api/serve/applications/", "/timezone",
            "/api/version", "/api/v0/tasks?limit=50&filter_keys=state&filter_predicates=%3D&filter_values=FAILED&detail=1");
    /** Below {@code /history/v1/sessions/...}. */
    private static final List<String> PAGES = List.of("", "/failures", "/actors", "/jobs", "/nodes", "/placement-groups",
            "/events", "/tasks", "/timeline", "/timeline/spans", "/timeline/trace", "/logs");

    private final HttpClient client = HttpClient.newHttpClient();
    /** Some of what the dashboard answers is the time of asking. */
    private final Instant now = Instant.parse("2030-01-01T00:00:00Z");

    private HistoryReader reader(DirectoryObjectStore store, String root, SnapshotMode mode) {
        return HistoryReader.open(store, new JacksonEventCodec(), new JacksonAnswerCodec(), ReaderSettings.of(root, () -> now)
                .withSnapshots(new SnapshotSettings(mode, Duration.ofMinutes(10))));
    }

    /** Opens every session; answers how many there are. */
    private int writeSnapshots(Path folder, String root) throws InterruptedException {
        try (DirectoryObjectStore store = new DirectoryObjectStore(folder);
             HistoryReader reader = reader(store, root, SnapshotMode.READ_WRITE)) {
            List<SessionEntry> sessions = reader.sessions();
            List<StoredSession> held = sessions.stream().map(reader::session).toList();
            SnapshotStats stats = reader.histories().stats().snapshots();
            for (int i = 0; i < 3000 && stats.written() + stats.failed() < held.size(); i++) {
                Thread.sleep(10);
                stats = reader.histories().stats().snapshots();
            }
            assertEquals(new SnapshotStats(0, held.size(), 0, 0, held.size()), stats);
            return held.size();
        }
    }

    private List<String> answers(Path folder, String root, SnapshotMode mode, Iterable<String> questions) throws IOException {
        try (DirectoryObjectStore store = new DirectoryObjectStore(folder);
             HistoryReader reader = reader(store, root, mode);
             HttpServer server = HttpServer.start(HttpSettings.at("127.0.0.1", 0), reader.sources(),
                     () -> now, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT))) {
            List<String> answers = new ArrayList<>();
            for (SessionEntry entry : reader.sessions()) {
                StoredSession session = reader.session(entry);
                assertEquals(mode == SnapshotMode.OFF ? SnapshotUse.NONE : SnapshotUse.READ, session.report().snapshot());
                answers.add(session.report().toString().replaceAll("seconds=.*", "") + session.rayVersion()
                        + session.history().hiddenAttempts() + session.history().recordEndNs());
                String name = entry.key().cluster().namespace() + "/" + entry.key().cluster().name() + "/"
                        + entry.key().session();
                String base = "http://127.0.0.1:" + server.port();
                questions.forEach(question -> answers.add(question + " " + get(base + "/s/" + name + question)));
                PAGES.forEach(page -> answers.add(page + " " + get(base + "/history/v1/sessions/" + name + page)
                        .replaceAll("\"seconds\":[0-9.E-]+", "")));
            }
            return answers;
        }
    }

    private String get(String uri) {
        try {
            HttpResponse<String> answer = client.send(HttpRequest.newBuilder(URI.create(uri)).build(),
                    HttpResponse.BodyHandlers.ofString(StandardCharsets.ISO_8859_1));
            return answer.statusCode() + " " + answer.body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(uri, e);
        }
    }

    private void assertSame(Path folder, String root, Set<String> questions) throws Exception {
        List<String> replayed = answers(folder, root, SnapshotMode.OFF, questions);
        assertTrue(writeSnapshots(folder, root) > 0);
        List<String> read = answers(folder, root, SnapshotMode.READ, questions);
        assertEquals(replayed.size(), read.size());
        for (int i = 0; i < replayed.size(); i++) {
            assertEquals(replayed.get(i), read.get(i));
        }
    }

    @Test
    void recordedSessionsAnswerTheSame(@TempDir Path folder) throws Exception {
        Set<String> questions = new LinkedHashSet<>(MORE);
        for (JsonNode entry : new ObjectMapper().readTree(Recording.unpack("live", folder).resolve("INDEX.json").toFile())) {
            questions.add(entry.get("uri").asText());
        }
        assertTrue(questions.size() > 100, questions.size() + " questions");
        assertSame(Recording.unpack("store", folder), "ray", questions);
    }

    @Test
    void theSampleAnswersTheSame(@TempDir Path folder) throws Exception {
        new StoreVariant(StoreVariant.Layout.A, true, false, e -> e).write(SAMPLE, folder);
        assertSame(folder, "", new LinkedHashSet<>(MORE));
        try (var files = Files.walk(folder.resolve("history-index/snapshots"))) {
            assertEquals(1, files.filter(Files::isRegularFile).count());
        }
    }
}
