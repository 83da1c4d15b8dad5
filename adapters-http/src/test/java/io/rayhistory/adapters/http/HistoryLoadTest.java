package io.rayhistory.adapters.http;

import io.rayhistory.domain.HistoryException;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Loads that last, and loads that fail, as the pages see them. */
class HistoryLoadTest {
    private static final String SESSION = "/history/v1/sessions/ns/c/session_1";

    @Test
    void aLoadThatLastsHoldsNobodyUp() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        FakeSessions sessions = FakeSessions.opening(() -> {
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return FakeSessions.session(target -> null);
        });
        try (SampleServer server = SampleServer.start(UnaryOperator.identity(), sessions, sessions, go::countDown)) {
            HttpResponse<String> facts = server.get(SESSION);
            assertEquals(200, facts.statusCode());
            assertTrue(facts.body().contains("\"load\":{\"state\":\"loading\"") && facts.body().contains("\"facts\":null"), facts.body());
            HttpResponse<String> tasks = server.get(SESSION + "/tasks?wait=0");
            assertEquals(202, tasks.statusCode());
            assertEquals("1", tasks.headers().firstValue("Retry-After").orElse(""));
            assertTrue(tasks.body().startsWith("{\"load\":{\"state\":\"loading\""), tasks.body());
            go.countDown();
            assertEquals(200, server.get(SESSION + "/tasks").statusCode());
        }
    }

    @Test
    void aLoadThatFailedSaysWhyAndIsTriedAgainOnlyWhenAsked() throws Exception {
        AtomicInteger loads = new AtomicInteger();
        FakeSessions sessions = FakeSessions.opening(() -> {
            loads.incrementAndGet();
            throw HistoryException.unavailable("object 'a/b' cannot be read: the store said no", null);
        });
        try (SampleServer server = SampleServer.start(UnaryOperator.identity(), sessions, sessions, () -> { })) {
            HttpResponse<String> tasks = server.get(SESSION + "/tasks");
            assertEquals(503, tasks.statusCode());
            assertEquals("application/problem+json", tasks.headers().firstValue("Content-Type").orElse(""));
            assertTrue(tasks.body().contains("\"kind\":\"unavailable\"") && tasks.body().contains("object 'a/b'"), tasks.body());
            HttpResponse<String> load = server.get(SESSION + "/load");
            assertTrue(load.body().contains("\"state\":\"failed\"") && load.body().contains("the store said no"), load.body());
            assertEquals(503, server.get(SESSION + "/failures").statusCode());
            assertEquals(1, loads.get());
            server.get(SESSION + "/load?retry=1");
            assertEquals(503, server.get(SESSION + "/tasks").statusCode());
            assertEquals(2, loads.get());
        }
    }

    @Test
    void writesAndUnknownPathsAreProblemsToo() throws Exception {
        try (SampleServer server = SampleServer.start(UnaryOperator.identity())) {
            assertEquals(405, server.send("POST", "/history/v1/sessions").statusCode());
            HttpResponse<String> nothing = server.get("/history/v2/sessions");
            assertEquals(404, nothing.statusCode());
            assertTrue(nothing.body().contains("\"kind\":\"missing\""), nothing.body());
        }
    }
}
