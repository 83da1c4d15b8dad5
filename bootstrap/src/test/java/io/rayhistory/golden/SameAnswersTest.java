package io.rayhistory.golden;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.rayhistory.adapters.filesystem.DirectoryObjectStore;
import io.rayhistory.adapters.http.HttpServer;
import io.rayhistory.adapters.http.HttpSettings;
import io.rayhistory.adapters.json.JacksonAnswerCodec;
import io.rayhistory.adapters.json.JacksonEventCodec;
import io.rayhistory.application.read.HistoryReader;
import io.rayhistory.application.read.ReaderSettings;
import io.rayhistory.golden.StoreVariant.Layout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.UnaryOperator;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Whatever a collector of the field wrote, and however, the answers are those of the plain form. */
class SameAnswersTest {
    private static final Path SAMPLE = Path.of("..", "samples", "hello-session");
    private static final String NODE = "5263ab4e58b0b118a9ecbb1b829dcf4eb165494fc261bfd004660e1f";
    private static final List<String> QUESTIONS = List.of("/api/v0/tasks?detail=1&limit=10000&exclude_driver=0",
            "/api/v0/actors?detail=1", "/api/v0/nodes?detail=1", "/api/v0/workers?detail=1", "/api/v0/jobs?detail=1",
            "/api/v0/placement_groups?detail=1", "/api/v0/cluster_events?detail=1", "/api/v0/tasks/summarize",
            "/api/v0/tasks/summarize?summary_by=lineage", "/api/v0/tasks/timeline", "/logical/actors", "/api/jobs/",
            "/nodes?view=summary", "/events", "/api/serve/applications/", "/timezone", "/api/version",
            "/api/v0/logs?node_id=" + NODE + "&glob=**/*", "/api/jobs/raysubmit_demo/logs");

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private void assertSameAnswers(Layout layout, boolean array, boolean gzip, UnaryOperator<ObjectNode> rewrite)
            throws Exception {
        new StoreVariant(layout, array, gzip, rewrite).write(SAMPLE, folder);
        List<String> plain = answers(SAMPLE);
        List<String> other = answers(folder);
        for (int i = 0; i < QUESTIONS.size(); i++) {
            assertEquals(plain.get(i), other.get(i), QUESTIONS.get(i));
        }
    }

    private List<String> answers(Path root) throws Exception {
        try (DirectoryObjectStore store = new DirectoryObjectStore(root);
             HistoryReader reader = HistoryReader.open(store, new JacksonEventCodec(), new JacksonAnswerCodec(),
                     ReaderSettings.of("", Clock.systemUTC()));
             HttpServer server = HttpServer.start(HttpSettings.at("127.0.0.1", 0), reader.sources(), Clock.systemUTC(), new PrometheusMeterRegistry(PrometheusConfig.DEFAULT))) {
            String base = "http://127.0.0.1:" + server.port() + "/s/default/demo/latest";
            return QUESTIONS.stream().map(question -> get(base + question)).toList();
        }
    }

    private String get(String uri) {
        try {
            HttpResponse<String> answer = client.send(HttpRequest.newBuilder(URI.create(uri)).build(),
                    HttpResponse.BodyHandlers.ofString());
            assertEquals(200, answer.statusCode(), uri + ": " + answer.body());
            return answer.body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(uri, e);
        }
    }

    @Test
    void generationAWithArrays() throws Exception {
        assertSameAnswers(Layout.A, true, false, e -> e);
    }

    @Test
    void generationBWithZippedArrays() throws Exception {
        assertSameAnswers(Layout.B, true, true, e -> e);
    }

    @Test
    void generationCWithZippedArrays() throws Exception {
        assertSameAnswers(Layout.C, true, true, e -> e);
    }

    @Test
    void generationDZippedInTwoMembers() throws Exception {
        assertSameAnswers(Layout.D, false, true, e -> e);
    }

    @Test
    void snakeCase() throws Exception {
        assertSameAnswers(Layout.D, false, false, StoreVariant::snakeCase);
    }

    @Test
    void taskExecutionEventsOfTheFirstVersions() throws Exception {
        assertSameAnswers(Layout.D, false, false, StoreVariant::execution);
    }
}
