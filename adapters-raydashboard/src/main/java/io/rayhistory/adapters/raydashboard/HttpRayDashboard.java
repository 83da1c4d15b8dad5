package io.rayhistory.adapters.raydashboard;

import io.rayhistory.application.port.RayDashboard;
import io.rayhistory.domain.HistoryException;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** {@link RayDashboard} over HTTP. Makes its client when it is asked for the first time. */
public final class HttpRayDashboard implements RayDashboard {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final String TOKEN_HEADER = "x-ray-authorization";

    private final String base;
    private final DashboardToken token;
    private final Path folder;
    private final long mostBytes;
    private HttpClient client;

    /**
     * @param base      such as {@code http://localhost:8265}; a slash at its end does not count
     * @param folder    where bodies of more than 64 KiB wait; made when needed
     * @param mostBytes that one body may have
     * @throws HistoryException INVALID if the base is no http or https URL
     */
    public HttpRayDashboard(String base, DashboardToken token, Path folder, long mostBytes) {
        this.base = base.strip().replaceAll("/+$", "");
        this.token = token;
        this.folder = folder;
        this.mostBytes = mostBytes;
        URI uri = uri("");
        if (uri.getHost() == null || !"http".equals(uri.getScheme()) && !"https".equals(uri.getScheme())) {
            throw HistoryException.invalid("dashboard address '" + base + "': expected a URL such as http://localhost:8265");
        }
    }

    @Override
    public Answer get(String target, Duration timeout) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(target)).timeout(timeout).GET();
        String secret = token.value();
        if (!secret.isEmpty()) {
            request.header(TOKEN_HEADER, "Bearer " + secret);
        }
        CompletableFuture<HttpResponse<SpooledAnswer>> exchange = client().sendAsync(request.build(),
                head -> new BodySpool(head.statusCode(), folder, mostBytes));
        boolean handed = false;
        try {
            Answer answer = exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS).body();
            handed = true;
            return answer;
        } catch (TimeoutException e) {
            throw unavailable(target, "no complete answer within " + timeout.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(target, "interrupted", e);
        } catch (ExecutionException e) {
            throw failure(target, e.getCause());
        } finally {
            if (!handed && !exchange.cancel(true)) {
                exchange.thenAccept(late -> late.body().close());
            }
        }
    }

    private HistoryException failure(String target, Throwable cause) {
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t instanceof HistoryException known) {
                return new HistoryException(known.kind(), base + target + ": " + known.getMessage(), known);
            }
        }
        String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return unavailable(target, reason, cause);
    }

    private HistoryException unavailable(String target, String reason, Throwable cause) {
        return HistoryException.unavailable("dashboard " + base + target + ": " + reason, cause);
    }

    private URI uri(String target) {
        try {
            return URI.create(base + target);
        } catch (IllegalArgumentException e) {
            throw new HistoryException(HistoryException.Kind.INVALID,
                    "'" + base + target + "' cannot be asked for: characters such as blanks have to be written as %20", e);
        }
    }

    private synchronized HttpClient client() {
        if (client == null) {
            client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT_TIMEOUT)
                    .followRedirects(HttpClient.Redirect.NEVER).build();
        }
        return client;
    }

    @Override
    public String describe() {
        return base;
    }

    @Override
    public void close() {
        // The JDK's client ends with its last exchange; it has nothing to close in Java 17.
    }
}
