package io.rayhistory.bootstrap;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.rayhistory.adapters.filesystem.DirectoryObjectStore;
import io.rayhistory.adapters.http.HttpServer;
import io.rayhistory.adapters.http.HttpSettings;
import io.rayhistory.adapters.http.LiveSettings;
import io.rayhistory.adapters.json.JacksonAnswerCodec;
import io.rayhistory.adapters.json.JacksonEventCodec;
import io.rayhistory.adapters.raydashboard.DirectRoute;
import io.rayhistory.adapters.raydashboard.HeadAddresses;
import io.rayhistory.adapters.raydashboard.HttpHeadProbe;
import io.rayhistory.adapters.raydashboard.HttpLiveDashboards;
import io.rayhistory.application.port.HeadServices;
import io.rayhistory.application.read.HistoryReader;
import io.rayhistory.application.read.ReaderSettings;
import io.rayhistory.application.read.SessionStates;
import io.rayhistory.domain.id.ClusterRef;
import io.rayhistory.domain.id.SessionKey;
import io.rayhistory.domain.layout.StorageLayout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Requests for a running cluster, through the whole server to a dashboard that is made up. */
final class LivePassageTest {
    private static final int OFTEN = Integer.getInteger("often", 3);
    private static final String LIVE = "/s/ray-a/c1/live";
    private static final String NAMED = "/s/ray-a/c1/" + FakeDashboard.SESSION;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Closing closing = new Closing(false);
    private FakeDashboard dashboard;
    private OneCluster kubernetes;
    private HttpServer server;

    @BeforeEach
    void start(@TempDir Path folder) {
        dashboard = closing.add(new FakeDashboard());
        kubernetes = new OneCluster("127.0.0.1", dashboard.port());
        DirectoryObjectStore store = closing.add(new DirectoryObjectStore(folder));
        SessionKey key = new SessionKey(ClusterRef.plain("ray-a", "c1"), FakeDashboard.SESSION);
        StorageLayout layout = StorageLayout.clusterHistory("");
        store.put(layout.marker(key), new ByteArrayInputStream(new byte[0]));
        Clock clock = Clock.systemUTC();
        HistoryReader reader = closing.add(HistoryReader.open(store, new JacksonEventCodec(), new JacksonAnswerCodec(),
                ReaderSettings.of("", clock)));
        HeadAddresses heads = new HeadAddresses(List.of("127.0.0.0/8", "0.0.0.0/0"), Set.of(dashboard.port()), "cluster.local");
        DirectRoute route = closing.add(new DirectRoute(heads, HeadServices.TRUSTED));
        SessionStates states = closing.add(SessionStates.open(kubernetes, new HttpHeadProbe(route, kubernetes, new JacksonAnswerCodec(), clock),
                store, "", reader.catalog(), clock));
        HttpLiveDashboards dashboards = closing.add(new HttpLiveDashboards(route, kubernetes));
        server = closing.add(HttpServer.start(HttpSettings.at("127.0.0.1", 0).withLive(new LiveSettings(dashboards, false)),
                reader.sources().with(states), clock, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT)));
    }

    @AfterEach
    void stop() {
        closing.close();
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void linkCookieAndNameOfTheRunningSessionReachTheDashboard() throws Exception {
        for (String base : List.of(LIVE, NAMED)) {
            HttpResponse<String> answer = get(base + "/seen?a=b%2Fc&limit=[1]");
            assertEquals(200, answer.statusCode(), answer.body());
            assertEquals("/seen?a=b%2Fc&limit=[1]", answer.body());
            assertEquals("live", answer.headers().firstValue("X-Ray-History-Source").orElse(""));
        }
        HttpResponse<String> entered = get("/enter_cluster/ray-a/raycluster/c1/live");
        assertTrue(entered.body().contains("\"base\":\"" + LIVE + "/\""), entered.body());
        String cookies = String.join("; ", entered.headers().allValues("Set-Cookie").stream().map(all -> all.split(";")[0]).toList());
        assertEquals("/seen?null", get("/seen", "Cookie", cookies).body());
        assertTrue(get("/clusters").body().contains("\"base\":\"" + LIVE + "/\""));
        assertEquals(404, get("/s/ray-a/other/live/seen").statusCode());
        assertEquals(404, get("/s/ray-a/c1/session_2026-11-01_10-00-00_000001_100/seen").statusCode(), "an ended session shows nothing of the running one");
    }

    @Test
    void neitherCredentialsNorCookiesCrossInEitherDirection() throws Exception {
        HttpResponse<String> answer = get(LIVE + "/seen", "Cookie", "a=b", "Authorization", "Bearer client", "x-ray-authorization", "Bearer client",
                "X-Forwarded-For", "1.2.3.4", "Range", "bytes=0-1", "X-Other", "x");
        assertEquals("\"e1\"", answer.headers().firstValue("ETag").orElse(""));
        assertEquals(List.of(), answer.headers().allValues("Set-Cookie"));
        assertEquals(List.of(), answer.headers().allValues("Access-Control-Allow-Origin"));
        assertEquals("nosniff", answer.headers().firstValue("X-Content-Type-Options").orElse(""));
        Map<String, String> seen = dashboard.requests("/seen").get(0);
        assertEquals("1.1 ray-history", seen.get("via"));
        assertEquals("bytes=0-1", seen.get("range"));
        assertEquals("127.0.0.1:" + dashboard.port(), seen.get("host"));
        for (String never : List.of("cookie", "authorization", "x-ray-authorization", "x-forwarded-for", "x-other")) {
            assertFalse(seen.containsKey(never), never);
        }
    }

    @Test
    void aRotatedTokenIsReadAgainAndTheClientNeverSeesTheRefusal() throws Exception {
        dashboard.wants("new");
        kubernetes.secret("new", "new");
        assertEquals(200, get(LIVE + "/seen").statusCode());
        kubernetes.secret("old", "new");
        assertEquals(200, get(LIVE + "/seen").statusCode());
        assertEquals("Bearer new", dashboard.requests("/seen").get(2).get("x-ray-authorization"));
        kubernetes.secret("old", "old");
        HttpResponse<String> refused = get(LIVE + "/seen");
        assertEquals(502, refused.statusCode());
        assertTrue(refused.body().contains("refused our token") && refused.body().contains("/s/ray-a/c1/latest/"), refused.body());
    }

    @Test
    void whatActsOrLeadsElsewhereIsRefused() throws Exception {
        for (String path : List.of("/%2e%2e/seen", "/a/%252E./seen", "//evil.example/", "/a%5Cb", "/a%0d%0ab", "/a/..%2fb")) {
            assertEquals(400, raw("GET " + LIVE + path), path);
        }
        assertEquals(403, get(LIVE + "/worker/cpu_profile?pid=1").statusCode());
        assertEquals(403, get(LIVE + "/api/v0/delay/5").statusCode());
        assertEquals(405, raw("POST " + LIVE + "/api/jobs/"));
        assertEquals(502, get(LIVE + "/away").statusCode());
        assertEquals(LIVE + "/seen", get(LIVE + "/near").headers().firstValue("Location").orElse(""));
        for (String address : List.of("169.254.169.254", "::ffff:169.254.169.254", "evil.example/x?y=", "0.0.0.0", "224.0.0.1")) {
            kubernetes.moves(address, dashboard.port());
            assertEquals(502, get(LIVE + "/seen").statusCode(), address);
        }
        kubernetes.moves("127.0.0.1", 10_250);
        assertEquals(502, get(LIVE + "/seen").statusCode());
        assertEquals(1, dashboard.requests("/away").size());
        assertEquals(0, dashboard.requests("/seen").size());
    }

    /** Sends a request line as it is, and reads the status. */
    private int raw(String line) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.getOutputStream().write((line + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Integer.parseInt(answer.split(" ", 3)[1]);
        }
    }

    @Test
    void bigAnswersAreStreamedAndBrokenOnesAreCut() throws Exception {
        assertEquals(32 << 20, client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + LIVE + "/big")).build(),
                BodyHandlers.ofByteArray()).body().length);
        assertThrows(IOException.class, () -> get(LIVE + "/drops"));
    }

    @Test
    void theStoreAnswersForANamedSessionWhoseDashboardIsGone() throws Exception {
        assertEquals(200, get(NAMED + "/seen").statusCode());
        dashboard.close();
        HttpResponse<String> stored = get(NAMED + "/api/version");
        assertTrue(stored.headers().firstValue("X-Ray-History-Source").orElse("").startsWith("store; reason="), stored.headers().toString());
        assertEquals(502, get(LIVE + "/seen").statusCode());
    }

    @Test
    void logsAreFollowedFrameByFrameToTheirEnd() throws Exception {
        dashboard.wants("t");
        kubernetes.secret("t", "t");
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            expected.append("line ").append(i).append(" ä\n|");
        }
        assertEquals(expected + "1000 done", tail("job-1"));
        assertEquals("Bearer t", dashboard.requests("/api/jobs/job-1/logs/tail").get(0).get("x-ray-authorization"));
        assertEquals(expected + "4001 out of patience", tail("hangs"));
        for (int i = 0; i < OFTEN; i++) {
            String broken = tail("breaks");
            assertTrue(broken.endsWith("1011 the dashboard broke off"), broken);
        }
        CompletionException refused = assertThrows(CompletionException.class, () -> tail("unknown"));
        HttpResponse<?> answer = ((WebSocketHandshakeException) refused.getCause()).getResponse();
        assertEquals("404 Job unknown does not exist", answer.statusCode() + " " + answer.body());
    }

    @Test
    void aStopEndsWhatIsFollowedAsGoingAway() throws Exception {
        CompletableFuture<String> whole = Following.begin(live(), "waits");
        server.stop();
        String ended = whole.get(60, TimeUnit.SECONDS);
        assertTrue(ended.contains("|1001 "), ended);
    }

    private String tail(String job) throws Exception {
        return Following.log(live(), job);
    }

    private String live() {
        return "http://127.0.0.1:" + server.port() + LIVE;
    }
}
