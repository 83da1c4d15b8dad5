package io.rayhistory.adapters.raydashboard;

import io.rayhistory.application.port.AnswerCodec;
import io.rayhistory.application.port.HeadAuth;
import io.rayhistory.application.port.HeadProbe;
import io.rayhistory.application.port.HeadToken;
import io.rayhistory.application.port.HeadTokens;
import io.rayhistory.application.port.LiveCluster;
import io.rayhistory.application.port.RunningSession;
import io.rayhistory.domain.HistoryException;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks a head over HTTP for {@code /api/version}. A token leaves only after {@code /api/authentication_mode}, asked without
 * one, was answered as Ray answers it (Ray: python/ray/dashboard/http_server_head.py). Thread-safe.
 */
public final class HttpHeadProbe implements HeadProbe {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private final HeadRoute route;
    private final HeadTokens tokens;
    private final AnswerCodec codec;
    private final InstantSource clock;

    private record Reply(int status, Map<String, String> fields) {
    }

    /** @param route not closed with this */
    public HttpHeadProbe(HeadRoute route, HeadTokens tokens, AnswerCodec codec, InstantSource clock) {
        this.route = route;
        this.tokens = tokens;
        this.codec = codec;
        this.clock = clock;
    }

    @Override
    public RunningSession ask(LiveCluster cluster) {
        try {
            HeadRoute.Way head = route.to(cluster);
            List<HeadToken> secrets = tokens.tokens(cluster);
            boolean callers = secrets.isEmpty() && cluster.auth().mode() == HeadAuth.Mode.DELEGATED;
            if (secrets.isEmpty() && !callers) {
                return understand(get(head, "/api/version", ""));
            }
            Reply mode = get(head, "/api/authentication_mode", "");
            if ((callers || mode.status() != NOT_FOUND) && !mode.fields().containsKey("authentication_mode")) {
                return unreachable("not a Ray dashboard");
            }
            if (callers) { // it would say more to a caller, and there is none
                return new RunningSession.Known("", "", clock.instant());
            }
            boolean wanted = cluster.auth().mode() != HeadAuth.Mode.MIXED
                    || !mode.fields().getOrDefault("authentication_mode", "disabled").equals("disabled");
            return wanted ? withToken(cluster, head, secrets) : understand(get(head, "/api/version", ""));
        } catch (HistoryException e) {
            return unreachable(e.getMessage());
        }
    }

    private RunningSession withToken(LiveCluster cluster, HeadRoute.Way head, List<HeadToken> secrets) {
        for (HeadToken secret : secrets) {
            Reply reply = get(head, "/api/version", secret.value());
            if (reply.status() != UNAUTHORIZED && reply.status() != FORBIDDEN) {
                return understand(reply);
            }
        }
        tokens.refused(cluster);
        return unreachable("the cluster refused our token");
    }

    private RunningSession understand(Reply reply) {
        if (reply.status() == UNAUTHORIZED || reply.status() == FORBIDDEN) {
            return unreachable("the dashboard wants a token, but the cluster's resource names none");
        }
        if (reply.status() != OK || !reply.fields().containsKey("ray_version")) {
            return unreachable("not a Ray dashboard");
        }
        return new RunningSession.Known(reply.fields().getOrDefault("session_name", ""), reply.fields().get("ray_version"),
                clock.instant());
    }

    private RunningSession unreachable(String reason) {
        return new RunningSession.Unreachable(reason, clock.instant());
    }

    private Reply get(HeadRoute.Way head, String path, String token) {
        URI uri = URI.create(head.base() + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(TIMEOUT).GET();
        HttpLiveDashboards.credentials(head, token, request::header);
        var exchange = head.client().sendAsync(request.build(),
                answer -> new BodySpool(answer.statusCode(), Path.of("."), BodySpool.IN_MEMORY)); // never more than memory
        try (SpooledAnswer answer = exchange.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS).body()) {
            return new Reply(answer.status(), fields(answer));
        } catch (TimeoutException e) {
            exchange.cancel(true);
            throw HistoryException.unavailable("no answer from " + uri.getAuthority() + " within " + TIMEOUT.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw HistoryException.unavailable("interrupted", e);
        } catch (ExecutionException e) {
            throw HistoryException.unavailable(uri.getAuthority() + " cannot be reached", e.getCause());
        }
    }

    private Map<String, String> fields(SpooledAnswer answer) {
        try (InputStream body = answer.open()) {
            return codec.fields(body);
        } catch (IOException | HistoryException notOne) {
            return Map.of();
        }
    }
}
