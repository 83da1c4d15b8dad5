package io.rayhistory.bootstrap;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.rayhistory.adapters.filesystem.DirectoryObjectStore;
import io.rayhistory.adapters.http.AccessSettings;
import io.rayhistory.adapters.http.HttpServer;
import io.rayhistory.adapters.http.HttpSettings;
import io.rayhistory.adapters.http.SharedTokens;
import io.rayhistory.adapters.json.JacksonAnswerCodec;
import io.rayhistory.adapters.json.JacksonEventCodec;
import io.rayhistory.application.read.HistoryReader;
import io.rayhistory.application.read.ReaderSettings;
import io.rayhistory.domain.id.ClusterRef;
import io.rayhistory.domain.id.SessionKey;
import io.rayhistory.domain.layout.StorageLayout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Who gets in, and who sees what, with tokens of a file: alice sees ray-a, root everything. */
final class AccessTest {
    private static final String SESSION = "session_2026-11-20_10-00-00_000001_100";
    private static final String A = "/s/ray-a/c1/" + SESSION;
    private static final String B = "/s/ray-b/c2/" + SESSION;
    /** Let in: but of a session without any data there is nothing to tell. */
    private static final int PASSED = 404;
    private static final String[] ALICE = {"Authorization", "Bearer alice-token"};
    private static final String[] ROOT = {"x-ray-authorization", "Bearer root-token"};

    private final HttpClient client = HttpClient.newHttpClient();
    private final Closing closing = new Closing(false);
    private Path tokens;
    private HttpServer server;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        DirectoryObjectStore store = closing.add(new DirectoryObjectStore(Files.createDirectory(folder.resolve("store"))));
        StorageLayout layout = StorageLayout.clusterHistory("");
        for (ClusterRef cluster : List.of(ClusterRef.plain("ray-a", "c1"), ClusterRef.plain("ray-b", "c2"))) {
            store.put(layout.marker(new SessionKey(cluster, SESSION)), new ByteArrayInputStream(new byte[0]));
        }
        tokens = folder.resolve("tokens");
        Files.writeString(tokens, "# people\nalice:" + hash("alice-token") + ":ray-a\nroot:" + hash("root-token") + "\n");
        HistoryReader reader = closing.add(HistoryReader.open(store, new JacksonEventCodec(), new JacksonAnswerCodec(),
                ReaderSettings.of("", Clock.systemUTC())));
        server = closing.add(HttpServer.start(HttpSettings.at("127.0.0.1", 0).withPages(new MountedPages())
                .withAccess(AccessSettings.byToken(SharedTokens.of(Optional.of(tokens), ""), "token", "log in").withCookies(Optional.empty(), false)),
                reader.sources(), Clock.systemUTC(), new PrometheusMeterRegistry(PrometheusConfig.DEFAULT)));
    }

    @AfterEach
    void stop() {
        closing.close();
    }

    private static String hash(String token) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    }

    private HttpResponse<String> send(String method, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private int status(String path, String... headers) throws Exception {
        return send("GET", path, headers).statusCode();
    }

    @Test
    void withoutATokenOnlyWhatTellsNothingIsAnswered() throws Exception {
        for (String path : List.of("/livez", "/readyz", "/login", "/sessions", "/sessions/ray-a/c1/" + SESSION, "/", A + "/api/authentication_mode")) {
            assertEquals(200, status(path), path);
        }
        for (String path : List.of("/clusters", "/history/v1/sessions", "/history/v1/openapi.json", "/metrics", "/readyz?verbose", A + "/api/version", A + "/",
                A + "/static/x.js", "/history/v1/sessions/ray-a/c1/" + SESSION, "/enter_cluster/ray-a/raycluster/c1/" + SESSION, "/api/version", "/s/ray-a",
                "//clusters", "/%63lusters", "/x/api/authenticate/../../clusters")) {
            assertEquals(401, status(path), path);
        }
        assertTrue(send("GET", "/sessions/../clusters").body().startsWith("<!doctype html>"), "the empty page, whatever follows");
        assertEquals(401, status("/clusters", "Authorization", "Bearer wrong"));
        assertEquals("ray-history: log in", send("GET", A + "/api/version").body());
        HttpResponse<String> page = send("GET", A + "/?x=1", "Accept", "text/html");
        assertEquals(302, page.statusCode());
        assertEquals("../../../../login?next=s%2Fray-a%2Fc1%2F" + SESSION + "%2F%3Fx%3D1", page.headers().firstValue("Location").orElse(""));
    }

    @Test
    void alicesSightEndsAtHerNamespace() throws Exception {
        assertEquals(PASSED, status(A + "/api/version", ALICE));
        for (String path : List.of(B + "/api/version", B + "/", "/s/ray-b/none/session_x/api/version", "/s/ray%2Db/c2/" + SESSION + "/api/version",
                "/history/v1/sessions/ray-b/c2/" + SESSION, "/enter_cluster/ray-b/raycluster/c2/" + SESSION, "/enter_cluster/ray-b/RayCluster/c2/latest",
                "/s/ray-b/c2@raycluster/" + SESSION + "/api/version", "/s/ray-b/c2/live/")) {
            assertEquals(403, status(path, ALICE), path);
        }
        assertEquals("ray-history: alice may not get rayclusters in namespace ray-b", send("GET", B + "/api/version", ALICE).body());
        assertEquals(403, status("/api/version", ALICE[0], ALICE[1], "Cookie", "cluster_name=c2; cluster_namespace=ray-b; session_name=" + SESSION));
        assertEquals(403, status("/", ALICE[0], ALICE[1], "Cookie", "cluster_name=c2; cluster_namespace=ray-b; session_name=" + SESSION));
        assertEquals(PASSED, status(B + "/api/version", ROOT));
    }

    @Test
    void listsHaveWhatOneMaySeeAndCountNothingElse() throws Exception {
        for (String path : List.of("/clusters", "/history/v1/sessions")) {
            String alices = send("GET", path, ALICE).body();
            assertTrue(alices.contains("ray-a") && !alices.contains("ray-b"), alices);
            assertTrue(send("GET", path, ROOT).body().contains("ray-b"));
        }
        assertEquals("1", send("GET", "/clusters", ALICE).headers().firstValue("X-Total-Count").orElse(""));
        assertTrue(send("GET", "/history/v1/sessions", ALICE).body().contains("\"all\":1"));
    }

    @Test
    void browsersLogInOnceAndOut() throws Exception {
        assertEquals(401, send("POST", "/api/authenticate", "User-Agent", "Mozilla/5.0").statusCode());
        assertEquals(403, send("POST", A + "/api/authenticate", "Authorization", "Bearer wrong").statusCode());
        assertEquals(403, send("POST", "/api/authenticate", ALICE[0], ALICE[1], "Origin", "https://evil.example").statusCode());
        HttpResponse<String> login = send("POST", A + "/api/authenticate", ALICE[0], ALICE[1], "User-Agent", "Mozilla/5.0",
                "Origin", "http://127.0.0.1:" + server.port());
        assertEquals(200, login.statusCode(), login.body());
        String cookie = login.headers().firstValue("Set-Cookie").orElse("");
        assertTrue(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict") && !cookie.contains("alice-token"), cookie);
        String own = cookie.split(";")[0];
        assertEquals(PASSED, status(A + "/api/version", "Cookie", own));
        assertEquals(403, status(B + "/api/version", "Cookie", own));
        assertEquals("{\"user\":\"alice\"}", send("GET", "/login/caller", "Cookie", own).body().replace(" ", ""));
        assertEquals(401, status(A + "/api/version", "Cookie", own.substring(0, own.length() - 2) + "AA"));
        assertTrue(send("POST", "/api/logout").headers().firstValue("Set-Cookie").orElse("").contains("Max-Age=0"));
        for (int i = 0; i < 10; i++) {
            send("POST", "/api/authenticate", "Authorization", "Bearer wrong");
        }
        assertEquals(429, send("POST", "/api/authenticate", ALICE).statusCode());
    }

    @Test
    void aLoginCountsForEveryReplicaThatHasItsKey(@TempDir Path folder) throws Exception {
        Path mine = Files.writeString(folder.resolve("mine"), "an-old-key-of-forty-characters-or-some-more\n");
        Path both = Files.writeString(folder.resolve("both"), "a-new-key-of-forty-characters-or-some-more\nan-old-key-of-forty-characters-or-some-more\n");
        Path other = Files.writeString(folder.resolve("other"), "another-key-of-forty-characters-or-some-more\n");
        List<Integer> seen = new ArrayList<>();
        String[] cookie = {"Cookie", ""};
        for (Path keys : List.of(mine, both, other)) {
            try (RunningCommand replica = new RunningCommand("serve", "--port", "0", "--storage-directory",
                    StoredMarkers.in(folder.resolve("store"), "ray-a/c1").toString(), "--auth", "token", "--auth-token-file", tokens.toString(),
                    "--auth-cookie-key-file", keys.toString())) {
                if (cookie[1].isEmpty()) {
                    cookie[1] = replica.send("POST", "/api/authenticate", ALICE).headers().firstValue("Set-Cookie").orElse("").split(";")[0];
                }
                seen.add(replica.get("/clusters", cookie).statusCode());
            }
        }
        assertEquals(List.of(200, 200, 401), seen);
    }

    @Test
    void aTokenTakenOutOfTheFileStopsWorking() throws Exception {
        assertEquals(200, status("/clusters", ALICE));
        Files.writeString(tokens, "root:" + hash("root-token") + "\n");
        Thread.sleep(1_100);
        assertEquals(401, status("/clusters", ALICE));
        Files.writeString(tokens, "nonsense\n");
        Thread.sleep(1_100);
        assertEquals(200, status("/clusters", ROOT), "a broken file leaves what was known");
    }

    @Test
    void aDeletedNamespaceIsSeenByWhoSeesItsSuccessor(@TempDir Path folder) throws Exception {
        String[] serve = {"serve", "--port", "0", "--storage-directory", StoredMarkers.in(folder, "ray-a/c1", "ray-b/c2", "ray-d/c3").toString(),
            "--auth", "token", "--auth-token-file", tokens.toString(), "--auth-namespace-map", "ray-b=ray-a, ray-c=ray-a"};
        try (RunningCommand running = new RunningCommand(serve)) {
            assertEquals(PASSED, running.get(StoredMarkers.version("ray-b/c2"), ALICE).statusCode());
            assertEquals(403, running.get(StoredMarkers.version("ray-d/c3"), ALICE).statusCode());
            String list = running.get("/clusters", ALICE).body();
            assertTrue(list.contains("ray-a") && list.contains("ray-b") && !list.contains("ray-d"), list);
        }
    }

    @Test
    void webSocketsAreGuardedToo() {
        for (String[] headers : List.of(new String[] {"X-None", "none"}, ALICE)) {
            WebSocket.Builder builder = client.newWebSocketBuilder().header(headers[0], headers[1]);
            CompletionException refused = assertThrows(CompletionException.class, () -> builder.buildAsync(
                    URI.create("ws://127.0.0.1:" + server.port() + B + "/api/jobs/j/logs/tail"), new WebSocket.Listener() { }).join());
            int status = ((WebSocketHandshakeException) refused.getCause()).getResponse().statusCode();
            assertEquals(headers == ALICE ? 403 : 401, status);
        }
    }
}
