package io.rayhistory.bootstrap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A proxy that has logged people in names them in headers; nobody else may. */
final class ProxyAccessTest {
    private static final String USER = "X-Forwarded-User";
    private static final String GROUPS = "X-Forwarded-Groups";
    private static final String ASKED = StoredMarkers.version("ray-a/c1");

    @TempDir
    private Path folder;

    private RunningCommand serve(String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("serve", "--port", "0", "--auth", "proxy", "--storage-directory",
                StoredMarkers.in(folder.resolve("store"), "ray-a/c1", "ray-b/c2").toString()));
        arguments.addAll(List.of(more));
        return new RunningCommand(arguments.toArray(String[]::new));
    }

    @Test
    void whomTheProxyNamesSeesEverythingAndNobodyElseAnything() throws Exception {
        try (RunningCommand serve = serve("--auth-proxy-cidrs", "10.0.0.0/8, 127.0.0.1", "--auth-proxy-prefix", "oidc:")) {
            assertEquals(StoredMarkers.PASSED, serve.get(ASKED, USER, "alice", GROUPS, "team, others").statusCode());
            assertTrue(serve.get("/clusters", USER, "alice").body().contains("ray-b"));
            assertTrue(serve.get("/login/caller", USER, "alice").body().contains("oidc:alice"));
            for (String[] headers : List.of(new String[] {}, new String[] {"Authorization", "Bearer alice"}, new String[] {USER, " "},
                    new String[] {USER, "alice", USER, "root"}, new String[] {USER, "system:admin"}, new String[] {GROUPS, "team"},
                    new String[] {USER, "alice", GROUPS, "team,system:masters"}, new String[] {USER, "alice", GROUPS, "a", GROUPS, "b"})) {
                assertEquals(401, serve.get(ASKED, headers).statusCode(), String.join(" ", headers));
            }
            assertEquals("ray-history: come by way of the proxy that logs people in", serve.get(ASKED, "Accept", "text/html").body());
        }
    }

    @Test
    void headersFromElsewhereMeanNothing() throws Exception {
        try (RunningCommand serve = serve("--auth-proxy-cidrs", "10.0.0.0/8,::1/128,127.0.0.2,126.0.0.0/8")) {
            assertEquals(401, serve.get(ASKED, USER, "alice", "X-Forwarded-For", "10.0.0.1").statusCode());
            assertEquals(200, serve.get("/livez").statusCode());
        }
    }

    @Test
    void aSecretIsWantedWhereOneIsAgreedOn() throws Exception {
        Path secrets = Files.writeString(folder.resolve("secrets"), "the-first-of-two-secrets\n\nthe-second-of-two-secrets\n");
        try (RunningCommand serve = serve("--auth-proxy-cidrs", "127.0.0.0/8", "--auth-proxy-secret-file", secrets.toString(),
                "--auth-proxy-user-header", "X-Auth-Request-User")) {
            String user = "x-auth-request-user";
            assertEquals(StoredMarkers.PASSED, serve.get(ASKED, user, "alice", "X-Proxy-Secret", "the-first-of-two-secrets").statusCode());
            assertEquals(StoredMarkers.PASSED, serve.get(ASKED, user, "alice", "X-Proxy-Secret", "the-second-of-two-secrets").statusCode());
            assertEquals(401, serve.get(ASKED, USER, "alice", "X-Proxy-Secret", "the-first-of-two-secrets").statusCode());
            assertEquals(401, serve.get(ASKED, user, "alice", "X-Proxy-Secret", "").statusCode());
            assertEquals(401, serve.get(ASKED, user, "alice").statusCode());
            Files.writeString(secrets, "another-secret-altogether");
            Thread.sleep(1_100);
            assertEquals(StoredMarkers.PASSED, serve.get(ASKED, user, "alice", "X-Proxy-Secret", "another-secret-altogether").statusCode());
            assertEquals(401, serve.get(ASKED, user, "alice", "X-Proxy-Secret", "the-first-of-two-secrets").statusCode());
        }
    }

    @Test
    void thereIsNothingToLogIntoHere() throws Exception {
        try (RunningCommand serve = serve("--auth-proxy-cidrs", "127.0.0.0/8")) {
            assertEquals("{\"authentication_mode\":\"disabled\"}", serve.get("/s/ray-a/c1/" + StoredMarkers.SESSION + "/api/authentication_mode")
                    .body().replace(" ", ""));
            assertEquals(401, serve.get("/login").statusCode());
            assertEquals(401, serve.send("POST", "/api/authenticate", "Authorization", "Bearer x").statusCode());
        }
    }

    @Test
    void pagesOfTheProxysNameMayOpenWebSockets() throws Exception {
        try (RunningCommand serve = serve("--auth-proxy-cidrs", "127.0.0.0/8")) {
            assertEquals(StoredMarkers.PASSED, socket(serve, USER, "alice", "Origin", "https://history.example", "X-Forwarded-Host", "history.example"));
            assertEquals(400, socket(serve, USER, "alice", "Origin", "https://evil.example", "X-Forwarded-Host", "history.example"));
            assertEquals(400, socket(serve, USER, "alice", "Origin", "https://history.example"));
            assertEquals(401, socket(serve, "Origin", "https://history.example", "X-Forwarded-Host", "history.example"));
        }
        try (RunningCommand serve = serve("--auth-proxy-cidrs", "10.0.0.0/8")) {
            assertEquals(401, socket(serve, USER, "alice", "Origin", "https://history.example", "X-Forwarded-Host", "history.example"));
        }
    }

    private static int socket(RunningCommand serve, String... headers) {
        WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        URI uri = URI.create(serve.url().replace("http:", "ws:") + "/s/ray-a/c1/" + StoredMarkers.SESSION + "/api/jobs/j/logs/tail");
        CompletionException refused = assertThrows(CompletionException.class, () -> builder.buildAsync(uri, new WebSocket.Listener() { }).join());
        return ((WebSocketHandshakeException) refused.getCause()).getResponse().statusCode();
    }
}
