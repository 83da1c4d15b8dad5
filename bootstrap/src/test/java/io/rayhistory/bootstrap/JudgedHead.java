package io.rayhistory.bootstrap;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewStatus;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A head's dashboard that does as Ray with enableK8sTokenAuth does: the API server says whose a token is, and whether they
 * have the right {@code ray:write} on the cluster. Remembers what it was shown.
 */
final class JudgedHead implements AutoCloseable {
    private final Set<String> shown = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final KubernetesClient admin;
    private final String namespace;
    private final String cluster;
    private final HttpServer server;

    JudgedHead(KubernetesClient admin, String namespace, String cluster) throws IOException {
        this.admin = admin;
        this.namespace = namespace;
        this.cluster = cluster;
        this.server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(threads);
        server.createContext("/api/authentication_mode", exchange -> answer(exchange, 200, "{\"authentication_mode\": \"k8s\"}"));
        server.createContext("/api/version", exchange -> judge(exchange, "{\"ray_version\": \"2.60.0\", \"session_name\": \"session_x\"}"));
        server.createContext("/", exchange -> judge(exchange, "judged"));
        server.start();
    }

    private void judge(HttpExchange exchange, String body) throws IOException {
        for (String name : new String[] {"Authorization", "x-ray-authorization"}) {
            String value = exchange.getRequestHeaders().getFirst(name);
            if (value != null) {
                String token = value.substring("Bearer ".length());
                shown.add(token);
                int status = status(token);
                answer(exchange, status, status == 200 ? body : "not you");
                return;
            }
        }
        answer(exchange, 401, "who are you");
    }

    private int status(String token) {
        TokenReviewStatus known = admin.tokenReviews().create(new TokenReviewBuilder().withNewSpec().withToken(token).endSpec().build()).getStatus();
        if (!Boolean.TRUE.equals(known.getAuthenticated())) {
            return 401;
        }
        return admin.authorization().v1().subjectAccessReview().create(new SubjectAccessReviewBuilder().withNewSpec()
                .withUser(known.getUser().getUsername()).withGroups(known.getUser().getGroups()).withNewResourceAttributes().withGroup("ray.io")
                .withResource("rayclusters").withVerb("ray:write").withNamespace(namespace).withName(cluster).endResourceAttributes().endSpec().build())
                .getStatus().getAllowed() ? 200 : 403;
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Every token that came. */
    Set<String> shown() {
        return Set.copyOf(shown);
    }

    void forget() {
        shown.clear();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
