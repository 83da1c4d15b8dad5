package io.rayhistory.adapters.http;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class HttpServerTest {
    private static final String ACTORS = SampleServer.BASE + "/logical/actors";
    @RegisterExtension
    static final SampleServer server = SampleServer.start(settings -> settings);

    @Test
    void sessionIsAnsweredBelowItsBasePath() throws Exception {
        HttpResponse<String> answer = server.get(ACTORS);
        assertEquals(200, answer.statusCode());
        assertTrue(answer.body().startsWith("{\"result\":true,\"msg\":\"All actors fetched.\",\"data\":{\"actors\":{"));
        assertEquals("application/json;charset=utf-8", answer.headers().firstValue("Content-Type").orElse(""));
    }

    @Test
    void latestMeansTheNewestSession() throws Exception {
        assertEquals(server.get(ACTORS).body(), server.get("/s/default/demo/latest/logical/actors").body());
    }

    @Test
    void trailingSlashIsOptional() throws Exception {
        assertEquals(server.get(SampleServer.BASE + "/api/jobs/").body(), server.get(SampleServer.BASE + "/api/jobs").body());
    }

    @ParameterizedTest
    @CsvSource({"/no/such/path", "/s/default/demo/" + SampleServer.SESSION + "/no/such", "/cluster", "/-/secret.txt",
        "/s/default/demo/" + SampleServer.SESSION + "/API/jobs", "/s/default/demo/" + SampleServer.SESSION + "/test/dump"})
    void unknownPathIs404Text(String path) throws Exception {
        HttpResponse<String> answer = server.get(path);
        assertEquals(404, answer.statusCode());
        assertEquals("404: Not Found", answer.body());
        assertEquals("text/plain;charset=utf-8", answer.headers().firstValue("Content-Type").orElse(""));
    }

    @ParameterizedTest
    @CsvSource({"PUT,/nodes", "OPTIONS,/nodes", "POST,/api/v0/tasks", "PATCH,/events", "DELETE,/logical/actors", "FOO,/events"})
    void wrongMethodIs405AndTellsTheRightOnes(String method, String path) throws Exception {
        HttpResponse<String> answer = server.send(method, SampleServer.BASE + path);
        assertEquals(405, answer.statusCode());
        assertEquals("GET, HEAD", answer.headers().firstValue("Allow").orElse(""));
        assertEquals("405: Method Not Allowed", answer.body());
    }

    @ParameterizedTest
    @CsvSource({"POST,/api/jobs/", "POST,/api/jobs/x/stop", "DELETE,/api/jobs/x", "PUT,/api/serve/applications/",
        "DELETE,/api/serve/applications/"})
    void writeIs405JsonThatSaysWhy(String method, String path) throws Exception {
        HttpResponse<String> answer = server.send(method, SampleServer.BASE + path);
        assertEquals(405, answer.statusCode());
        assertTrue(answer.body().startsWith("{\"result\":false,\"msg\":\"history server: read only"), answer.body());
    }

    @Test
    void browsersMayOnlyRead() throws Exception {
        HttpResponse<String> answer = server.send("POST", SampleServer.BASE + "/api/jobs/", "User-Agent", "Mozilla/5.0");
        assertEquals(405, answer.statusCode());
        assertEquals("'POST' method not allowed for browser traffic.", answer.body());
    }

    @Test
    void headAnswersLikeGetWithoutABody() throws Exception {
        for (String path : List.of("/api/v0/tasks", "/api/jobs/", "/nodes?view=summary", "/api/v0/platform_events",
                "/api/jobs/nobody", "/nodes", "/", "/timezone", "/api/version")) {
            HttpResponse<String> get = server.get(SampleServer.BASE + path);
            HttpResponse<String> head = server.send("HEAD", SampleServer.BASE + path);
            assertEquals(get.statusCode(), head.statusCode(), path);
            assertEquals(get.headers().firstValue("Content-Type"), head.headers().firstValue("Content-Type"), path);
            assertEquals("", head.body());
            assertFalse(head.headers().firstValue("Content-Length").equals(java.util.Optional.of("0")), path);
        }
    }

    @Test
    void unchangedAnswerIs304() throws Exception {
        String tag = server.get(ACTORS).headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> again = server.get(ACTORS, "If-None-Match", tag);
        assertEquals(304, again.statusCode());
        assertEquals("", again.body());
        assertEquals(200, server.get(ACTORS, "If-None-Match", "W/\"other\"").statusCode());
    }

    @Test
    void errorHasNoTag() throws Exception {
        HttpResponse<String> answer = server.get(SampleServer.BASE + "/api/jobs/nobody");
        assertEquals(404, answer.statusCode());
        assertTrue(answer.headers().firstValue("ETag").isEmpty());
        assertEquals("no-store", answer.headers().firstValue("Cache-Control").orElse(""));
    }

    @Test
    void answerIsZippedWhenAccepted() throws Exception {
        HttpResponse<byte[]> answer = server.client().send(HttpRequest.newBuilder(server.uri(ACTORS))
                .header("Accept-Encoding", "gzip").build(), HttpResponse.BodyHandlers.ofByteArray());
        assertEquals("gzip", answer.headers().firstValue("Content-Encoding").orElse(""));
        byte[] plain = new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes();
        assertEquals(server.get(ACTORS).body(), new String(plain, StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({"/s/default/..%2fdemo/session_x/nodes", "/s/%2e%2e/demo/session_x/nodes", "/s/default/demo/a%5cb/nodes"})
    void unsafeNameIsRefused(String path) throws Exception {
        int status = server.get(path).statusCode();
        assertTrue(status == 400 || status == 404, path + ": " + status);
    }

    @Test
    void unknownSessionIs404InTheFormOfTheEndpoint() throws Exception {
        HttpResponse<String> rest = server.get("/s/default/demo/session_x/nodes?view=summary");
        assertEquals(404, rest.statusCode());
        assertTrue(rest.body().endsWith("\"data\":{}}"), rest.body());
        HttpResponse<String> state = server.get("/s/default/demo/session_x/api/v0/tasks");
        assertTrue(state.body().endsWith("\"data\":{\"result\":null}}"), state.body());
        HttpResponse<String> text = server.get("/s/default/demo/session_x/api/jobs/");
        assertTrue(text.body().startsWith("no session 'session_x'"), text.body());
    }

    @Test
    void probesAnswer() throws Exception {
        for (String probe : List.of("/livez", "/readz", "/readyz")) {
            assertEquals("ok", server.get(probe).body(), probe);
        }
    }

    @Test
    void metricsCountRequestsByRoute() throws Exception {
        server.get(SampleServer.BASE + "/api/jobs/nobody");
        server.get("/some/thing/unknown");
        String metrics = server.get("/metrics").body();
        assertTrue(metrics.contains("rayhistory_http_requests_seconds_count{method=\"GET\",route=\"/api/jobs/{id}\",status=\"404\"}"),
                metrics);
        assertTrue(metrics.contains("route=\"none\",status=\"404\""), metrics);
        assertTrue(metrics.contains("rayhistory_cache_sessions 1.0"), metrics);
        assertTrue(metrics.lines().filter(l -> l.startsWith("rayhistory_loads_total")).collect(Collectors.joining())
                .endsWith(" 1.0"), metrics);
        for (String name : List.of("rayhistory_cache_bytes", "rayhistory_load_seconds_total", "rayhistory_loads_failed_total")) {
            assertTrue(metrics.contains("\n" + name), name);
        }
    }
}
