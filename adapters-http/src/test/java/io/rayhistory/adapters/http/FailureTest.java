package io.rayhistory.adapters.http;

import io.rayhistory.application.read.StoredSession;
import io.rayhistory.domain.HistoryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class FailureTest {

    @Test
    void outageIs503WithARetryInTheFormOfTheEndpoint() throws Exception {
        try (SampleServer server = opening(() -> {
            throw HistoryException.unavailable("the store is away", null);
        })) {
            HttpResponse<String> state = server.get(FakeSessions.BASE + "/api/v0/tasks");
            assertEquals(503, state.statusCode());
            assertEquals("{\"result\":false,\"msg\":\"the store is away\",\"data\":{\"result\":null}}", state.body());
            assertEquals("5", state.headers().firstValue("Retry-After").orElse(""));
            assertEquals("{\"result\":false,\"msg\":\"the store is away\",\"data\":{}}",
                    server.get(FakeSessions.BASE + "/logical/actors").body());
            assertEquals("the store is away", server.get(FakeSessions.BASE + "/api/jobs/").body());
        }
    }

    @Test
    void pageInPlaceOfTheWebClientSaysWhy(@TempDir Path clients) throws Exception {
        for (String version : List.of("2.53.0", "2.60.0")) {
            Files.writeString(Files.createDirectory(clients.resolve(version)).resolve("index.html"), version);
        }
        FakeSessions away = FakeSessions.opening(() -> {
            throw HistoryException.unavailable("cannot reach <it>", null);
        });
        try (SampleServer server = SampleServer.start(settings -> settings.withDashboardDir(clients), away, away, () -> { })) {
            HttpResponse<String> page = server.get(FakeSessions.BASE + "/");
            assertEquals(503, page.statusCode());
            assertTrue(page.body().contains("The store does not answer") && page.body().contains("cannot reach &lt;it&gt;"), page.body());
            assertTrue(page.body().contains("href=\"../../../../sessions\""), page.body());
        }
    }

    @Test
    void bugIsA500ThatTellsNothingOfTheInside() throws Exception {
        try (SampleServer server = opening(() -> {
            throw new IllegalStateException("secret detail");
        })) {
            HttpResponse<String> answer = server.get(FakeSessions.BASE + "/api/v0/tasks");
            assertEquals(500, answer.statusCode());
            assertEquals("{\"result\":false,\"msg\":\"internal error 1; the server's log tells more about it\","
                    + "\"data\":{\"result\":null}}", answer.body());
            assertTrue(server.get(FakeSessions.BASE + "/api/jobs/").body().startsWith("internal error 2"));
        }
    }

    @Test
    void errorOfTheVirtualMachineDoesNotEscape() throws Exception {
        try (SampleServer server = opening(() -> {
            throw new StackOverflowError();
        })) {
            assertEquals(500, server.get(FakeSessions.BASE + "/nodes?view=summary").statusCode());
        }
    }

    @Test
    void storedAnswerThatIsBrokenInItsFirstBytesIsAnError() throws Exception {
        try (SampleServer server = opening(() -> stored(() -> text("{\"applications\": nonsense")))) {
            HttpResponse<String> answer = server.get(FakeSessions.BASE + "/api/serve/applications/");
            assertEquals(500, answer.statusCode());
            assertEquals("the stored answer is no JSON", answer.body());
            assertTrue(answer.headers().firstValue("ETag").isEmpty());
        }
    }

    @Test
    void answerThatBreaksAfterItsBeginningNeverLooksComplete() throws Exception {
        String beginning = "[" + "\"0123456789\",".repeat(20_000);
        try (SampleServer server = opening(() -> stored(() -> text(beginning + "nonsense")))) {
            assertThrows(IOException.class, () -> server.get(FakeSessions.BASE + "/api/serve/applications/"));
            assertThrows(IOException.class, () -> server.get(FakeSessions.BASE + "/api/serve/applications/",
                    "Accept-Encoding", "gzip"));
            assertEquals("ok", server.get("/livez").body());
        }
    }

    @Test
    void storeThatBreaksInTheMiddleNeverLooksComplete() throws Exception {
        try (SampleServer server = opening(() -> stored(() -> new SequenceInputStream(
                text("[" + "1,".repeat(100_000)), new BrokenStream())))) {
            assertThrows(IOException.class, () -> server.get(FakeSessions.BASE + "/api/serve/applications/"));
        }
    }

    @Test
    void moreRequestsThanAllowedAre429AndProbesStillAnswer() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        HttpLimits one = new HttpLimits(1, 100, 16 * 1024, Duration.ofSeconds(60), Duration.ofSeconds(1));
        FakeSessions sessions = FakeSessions.opening(() -> {
            inside.countDown();
            await(release);
            return FakeSessions.session(target -> null);
        });
        try (SampleServer server = SampleServer.start(s -> s.withLimits(one), sessions, sessions, () -> { })) {
            CompletableFuture<HttpResponse<String>> first = CompletableFuture.supplyAsync(() -> {
                try {
                    return server.get(FakeSessions.BASE + "/api/jobs/");
                } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertTrue(inside.await(20, TimeUnit.SECONDS));
            HttpResponse<String> second = server.get(FakeSessions.BASE + "/api/v0/tasks");
            assertEquals(429, second.statusCode());
            assertTrue(second.body().endsWith("\"data\":{\"result\":null}}"), second.body());
            assertEquals("ok", server.get("/livez").body());
            release.countDown();
            assertEquals(200, first.get(20, TimeUnit.SECONDS).statusCode());
            assertEquals(200, server.get(FakeSessions.BASE + "/api/v0/tasks").statusCode());
        }
    }

    @Test
    void loadMayTakeLongerThanAConnectionMayBeIdle() throws Exception {
        HttpLimits impatient = new HttpLimits(10, 100, 16 * 1024, Duration.ofMillis(200), Duration.ofSeconds(1));
        FakeSessions sessions = FakeSessions.opening(() -> {
            pause(900);
            return FakeSessions.session(target -> null);
        });
        try (SampleServer server = SampleServer.start(s -> s.withLimits(impatient), sessions, sessions, () -> { })) {
            assertEquals("[]", server.get(FakeSessions.BASE + "/api/jobs/").body());
        }
    }

    @Test
    void stopCutsOffWhatTakesTooLong() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        HttpLimits limits = new HttpLimits(10, 100, 16 * 1024, Duration.ofSeconds(60), Duration.ofMillis(100));
        FakeSessions sessions = FakeSessions.opening(() -> {
            inside.countDown();
            await(never);
            return FakeSessions.session(target -> null);
        });
        SampleServer server = SampleServer.start(s -> s.withLimits(limits), sessions, sessions, () -> { });
        CompletableFuture<?> asked = server.client().sendAsync(HttpRequest.newBuilder(
                server.uri(FakeSessions.BASE + "/api/jobs/")).build(), HttpResponse.BodyHandlers.ofString());
        assertTrue(inside.await(20, TimeUnit.SECONDS));
        server.close();
        assertThrows(ExecutionException.class, () -> asked.get(20, TimeUnit.SECONDS));
    }

    @Test
    void headersAreLimited() throws Exception {
        try (SampleServer server = opening(() -> FakeSessions.session(target -> null))) {
            int status = server.get(FakeSessions.BASE + "/api/jobs/?x=" + "y".repeat(20_000)).statusCode();
            assertTrue(status == 414 || status == 431, "status " + status);
        }
    }

    @Test
    void badLinesAreCountedOncePerLoad() throws Exception {
        StoredSession session = FakeSessions.session(target -> null);
        try (SampleServer server = opening(() -> session)) {
            server.get(FakeSessions.BASE + "/api/jobs/");
            server.get(FakeSessions.BASE + "/api/jobs/");
            String metrics = server.get("/metrics").body();
            assertTrue(metrics.contains("rayhistory_bad_lines_total{kind=\"malformed\"} 3.0"), metrics);
        }
    }

    @Test
    void storeThatIsDownIsNotReadyAndListsSaySo() throws Exception {
        FakeSessions down = FakeSessions.listing(() -> {
            throw HistoryException.unavailable("cannot reach <it>", null);
        });
        try (SampleServer server = SampleServer.start(s -> s, down, down, () -> { })) {
            assertEquals(503, server.get("/readz").statusCode());
            assertEquals(200, server.get("/livez").statusCode());
            HttpResponse<String> sessions = server.get("/history/v1/sessions");
            assertEquals(503, sessions.statusCode());
            assertTrue(sessions.body().contains("cannot reach <it>"), sessions.body());
            HttpResponse<String> clusters = server.get("/clusters");
            assertEquals(503, clusters.statusCode());
            assertTrue(clusters.body().startsWith("{\"result\":false"), clusters.body());
        }
    }

    @Test
    void emptyStoreSaysWhereItLooked() throws Exception {
        FakeSessions empty = FakeSessions.listing(List::of);
        try (SampleServer server = SampleServer.start(s -> s, empty, empty, () -> { })) {
            String page = server.get("/history/v1/sessions").body();
            assertTrue(page.contains("\"store\":\"a <fake> store\"") && page.contains("\"all\":0"), page);
            assertEquals("[]", server.get("/clusters").body());
        }
    }

    @Test
    void takenPortIsAClearError() {
        try (SampleServer server = opening(() -> FakeSessions.session(target -> null))) {
            int taken = server.server().port();
            FakeSessions sessions = FakeSessions.listing(List::of);
            HistoryException e = assertThrows(HistoryException.class, () -> SampleServer.start(
                    s -> HttpSettings.at("127.0.0.1", taken), sessions, sessions, () -> { }));
            assertTrue(e.getMessage().startsWith("cannot listen on 127.0.0.1:" + taken), e.getMessage());
        }
    }

    private static SampleServer opening(Supplier<StoredSession> opening) {
        FakeSessions sessions = FakeSessions.opening(opening);
        return SampleServer.start(settings -> settings, sessions, sessions, () -> { });
    }

    private static StoredSession stored(Supplier<InputStream> body) {
        return FakeSessions.session(target -> target.startsWith("/api/serve/applications") ? body.get() : null);
    }

    private static InputStream text(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void pause(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class BrokenStream extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("connection reset");
        }
    }
}
