package io.rayhistory.adapters.raydashboard;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.rayhistory.application.port.RayDashboard.Answer;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.HistoryException.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

final class HttpRayDashboardTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int LIMIT = 1 << 20;

    @TempDir
    private Path folder;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch never = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        never.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        seen.add(exchange.getRequestURI() + " " + exchange.getRequestHeaders().getFirst("x-ray-authorization"));
        String path = exchange.getRequestURI().getPath();
        try {
            if (path.equals("/silent")) {
                never.await();
            } else if (path.equals("/half")) {
                exchange.sendResponseHeaders(200, 100);
                exchange.getResponseBody().write(new byte[50]);
                exchange.getResponseBody().flush();
                never.await();
            } else if (path.startsWith("/size/")) {
                byte[] body = body(Integer.parseInt(path.substring(6)));
                exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
            } else {
                exchange.getResponseHeaders().add("Location", "/elsewhere");
                exchange.sendResponseHeaders(path.equals("/moved") ? 302 : 404, -1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    private static byte[] body(int size) {
        byte[] body = new byte[size];
        for (int i = 0; i < size; i++) {
            body[i] = (byte) (i * 31);
        }
        return body;
    }

    private HttpRayDashboard dashboard(DashboardToken token) {
        return new HttpRayDashboard("http://localhost:" + server.getAddress().getPort() + "/", token, folder.resolve("answers"), LIMIT);
    }

    private static Kind failureOf(HttpRayDashboard dashboard, String target, Duration timeout) {
        return assertThrows(HistoryException.class, () -> dashboard.get(target, timeout)).kind();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, BodySpool.IN_MEMORY, BodySpool.IN_MEMORY + 1, LIMIT})
    void bodiesOfEverySizeAreReadAndHashedAndLeaveNoFile(int size) throws Exception {
        try (Answer answer = dashboard(DashboardToken.none()).get("/size/" + size, SOON)) {
            assertEquals(200, answer.status());
            assertEquals(size, answer.length());
            assertEquals(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body(size))), answer.sha256());
            for (int time = 0; time < 2; time++) {
                try (InputStream in = answer.open()) {
                    assertArrayEquals(body(size), in.readAllBytes());
                }
            }
            String[] left = folder.resolve("answers").toFile().list();
            assertTrue(left == null || left.length == 0, Arrays.toString(left));
        }
    }

    @Test
    void bodyBeyondTheLimitIsTooLarge() {
        assertEquals(Kind.TOO_LARGE, failureOf(dashboard(DashboardToken.none()), "/size/" + (LIMIT + 1), SOON));
    }

    @Test
    void requestGoesOutAsItWasGivenAndRedirectsAreAnswers() {
        HttpRayDashboard dashboard = dashboard(DashboardToken.none());
        try (Answer answer = dashboard.get("/moved?filter=a%3Db&x=/y", SOON)) {
            assertEquals(302, answer.status());
        }
        assertEquals(List.of("/moved?filter=a%3Db&x=/y null"), seen);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/silent", "/half"})
    void answerThatDoesNotComeToItsEndInTimeIsUnavailable(String target) {
        assertEquals(Kind.UNAVAILABLE, failureOf(dashboard(DashboardToken.none()), target, Duration.ofMillis(300)));
    }

    @Test
    void nobodyThereIsUnavailable() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        HttpRayDashboard dashboard = new HttpRayDashboard("http://localhost:" + port, DashboardToken.none(), folder, LIMIT);
        assertEquals(Kind.UNAVAILABLE, failureOf(dashboard, "/size/1", SOON));
    }

    @Test
    void requestThatIsNoneIsInvalid() {
        assertEquals(Kind.INVALID, failureOf(dashboard(DashboardToken.none()), "/with blank", SOON));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8265", "ftp://localhost", "http://", "nonsense", ""})
    void baseThatIsNoUrlIsRefused(String base) {
        assertThrows(HistoryException.class, () -> new HttpRayDashboard(base, DashboardToken.none(), folder, LIMIT));
    }

    @Test
    void tokenIsSentAndReadAnewFromItsFile() throws IOException {
        dashboard(DashboardToken.from(false, " secret\n", "")).get("/a", SOON).close();
        Path file = Files.writeString(folder.resolve("token"), "one\n", StandardCharsets.UTF_8);
        HttpRayDashboard rotating = dashboard(DashboardToken.in(file));
        rotating.get("/b", SOON).close();
        Files.writeString(file, "two");
        rotating.get("/c", SOON).close();
        assertEquals(Arrays.asList("/a Bearer secret", "/b Bearer one", "/c Bearer two"), seen);
        Files.delete(file);
        assertEquals(Kind.INVALID, failureOf(rotating, "/d", SOON));
        assertEquals(Kind.INVALID, failureOf(dashboard(DashboardToken.from(false, "", "TOKEN")), "/e", SOON));
        assertEquals(3, seen.size());
    }
}
