package io.rayhistory.adapters.azureblob;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;

import javax.net.ssl.SSLContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ExecutorService;

/**
 * What Entra ID does for workload identity, over TLS: takes a federated token in exchange for one that Azurite accepts.
 * It can also stand for a storage account that refuses everything.
 */
final class TokenAuthority implements AutoCloseable {
    static final String TENANT = "11111111-2222-3333-4444-555555555555";
    static final String CLIENT = "99999999-8888-7777-6666-555555555555";
    private static final String AUDIENCE = "https://storage.azure.com";

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Map<String, String>> forms = new CopyOnWriteArrayList<>();
    private volatile String refusal = "";
    private volatile String audience = AUDIENCE;
    private volatile int lifeSeconds = 3_600;
    /** Tokens live longer than is said of them: one that is renewed in time may still be on its way to the service. */
    private static final int GRACE_SECONDS = 60;
    private volatile int expiredFirst;
    private volatile String storageRefusal = "AuthorizationFailure";

    TokenAuthority(SSLContext context) {
        try {
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 20);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.createContext("/account/", exchange -> {
            if (storageRefusal.isEmpty()) {
                byte[] nothing = "<?xml version=\"1.0\"?><EnumerationResults><Blobs/><NextMarker/></EnumerationResults>".getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/xml");
                exchange.sendResponseHeaders(200, nothing.length);
                exchange.getResponseBody().write(nothing);
                exchange.close();
                return;
            }
            exchange.getResponseHeaders().set("x-ms-error-code", storageRefusal);
            exchange.getResponseHeaders().set("x-ms-request-id", "id-403");
            exchange.sendResponseHeaders(403, -1);
            exchange.close();
        });
        server.start();
    }

    String url() {
        return "https://localhost:" + server.getAddress().getPort() + "/";
    }

    /** An account that answers 403 to whatever is asked. */
    String refusingAccount(String code) {
        storageRefusal = code;
        return "https://127.0.0.1:" + server.getAddress().getPort() + "/account";
    }

    /** From now on that account answers, with empty listings. */
    void letIn() {
        storageRefusal = "";
    }

    /** The forms that were posted for tokens. */
    List<Map<String, String>> forms() {
        return forms;
    }

    void refuse(String description) {
        refusal = description;
    }

    void issueFor(String audience) {
        this.audience = audience;
    }

    void issueForSeconds(int seconds) {
        lifeSeconds = seconds;
    }

    /** The next tokens are stale when they are issued, though they claim to live for an hour. */
    void issueExpired(int count) {
        expiredFirst = count;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.endsWith("/oauth2/v2.0/token")) {
            Map<String, String> form = new HashMap<>();
            for (String field : new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8).split("&")) {
                form.put(field.replaceFirst("=.*", ""), URLDecoder.decode(field.replaceFirst("[^=]*=", ""), StandardCharsets.UTF_8));
            }
            form.put("path", path);
            forms.add(form);
            if (refusal.isEmpty()) {
                send(exchange, 200, "{\"token_type\":\"Bearer\",\"expires_in\":" + lifeSeconds + ",\"ext_expires_in\":" + lifeSeconds
                        + ",\"access_token\":\"" + token() + "\"}");
            } else {
                send(exchange, 401, "{\"error\":\"invalid_client\",\"error_description\":\"" + refusal + "\"}");
            }
        } else if (path.endsWith("/openid-configuration")) {
            String base = url() + path.split("/")[1];
            send(exchange, 200, "{\"issuer\":\"" + base + "/v2.0\",\"authorization_endpoint\":\"" + base + "/oauth2/v2.0/authorize\",\"token_endpoint\":\""
                    + base + "/oauth2/v2.0/token\",\"jwks_uri\":\"" + base + "/keys\"}");
        } else {
            send(exchange, 404, "{}");
        }
    }

    private String token() {
        long now = Instant.now().getEpochSecond();
        boolean stale = expiredFirst > 0;
        expiredFirst--;
        return jwt("{\"aud\":\"" + audience + "\",\"iss\":\"https://sts.windows.net/" + TENANT + "/\",\"iat\":" + (now - 7_200) + ",\"nbf\":" + (now - 7_200)
                + ",\"exp\":" + (stale ? now - 600 : now + lifeSeconds + GRACE_SECONDS) + ",\"appid\":\"" + CLIENT + "\",\"tid\":\"" + TENANT + "\"}");
    }

    static String jwt(String claims) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return base64.encodeToString("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + base64.encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + "." + base64.encodeToString(new byte[] {1, 2, 3});
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
