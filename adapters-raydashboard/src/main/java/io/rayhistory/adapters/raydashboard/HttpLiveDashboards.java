package io.rayhistory.adapters.raydashboard;

import io.rayhistory.application.port.HeadAuth;
import io.rayhistory.application.port.HeadToken;
import io.rayhistory.application.port.HeadTokens;
import io.rayhistory.application.port.LiveCluster;
import io.rayhistory.application.port.LiveDashboards;
import io.rayhistory.domain.HistoryException;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Passes requests on over HTTP/1.1. Limits: {@value #MOST} requests at a time, {@value #MOST_EACH} to one cluster; 2 s to
 * connect, 35 s to the first byte (Ray gives its own lists 30 s), 60 s of silence, 15 minutes and 4 hours in all for logs;
 * 512 MiB a body, logs excepted. Thread-safe.
 */
public final class HttpLiveDashboards implements LiveDashboards {
    private static final int MOST = 256;
    private static final int MOST_EACH = 32;
    private static final Duration FIRST_BYTE = Duration.ofSeconds(35);
    private static final StreamedBody.Limits ANSWER = new StreamedBody.Limits(Duration.ofSeconds(60), Duration.ofDays(365), 512L << 20);
    private static final StreamedBody.Limits LOG = new StreamedBody.Limits(Duration.ofMinutes(15), Duration.ofHours(4), Long.MAX_VALUE);
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final HeadRoute route;
    private final HeadTokens tokens;
    private final Duration firstByte;
    private final StreamedBody.Limits answers;
    private final Places places = new Places(MOST, MOST_EACH);
    private final LongAdder answered = new LongAdder();
    private final Map<Failure, LongAdder> failures = new EnumMap<>(Failure.class);

    /** One way to ask, with one token or none. */
    private interface Attempt extends BiFunction<HeadRoute.Way, String, Reply> {
    }

    /** @param route not closed with this */
    public HttpLiveDashboards(HeadRoute route, HeadTokens tokens) {
        this(route, tokens, FIRST_BYTE, ANSWER);
    }

    HttpLiveDashboards(HeadRoute route, HeadTokens tokens, Duration firstByte, StreamedBody.Limits answers) {
        this.route = route;
        this.tokens = tokens;
        this.firstByte = firstByte;
        this.answers = answers;
        for (Failure why : Failure.values()) {
            failures.put(why, new LongAdder());
        }
    }

    @Override
    public Reply get(LiveCluster cluster, Call call) {
        return placed(cluster, place -> attempts(cluster, call, (way, token) -> send(way, token, call, place)));
    }

    @Override
    public Reply follow(LiveCluster cluster, Call call) {
        return placed(cluster, place -> attempts(cluster, call, (way, token) ->
                SocketTail.open(way, uri(way, call.target()), token, call, firstByte, place)));
    }

    private Reply placed(LiveCluster cluster, Function<Runnable, Reply> ask) {
        Optional<Runnable> place = places.take(cluster.uid());
        if (place.isEmpty()) {
            return counted(new Failed(Failure.BUSY, "too many requests are being passed on to this cluster; ask again in a moment"));
        }
        Reply reply = new Failed(Failure.UNREACHABLE, "");
        try {
            reply = ask.apply(place.get());
            return reply;
        } finally {
            if (counted(reply) instanceof Failed) {
                place.get().run();
            }
        }
    }

    private Reply counted(Reply reply) {
        if (reply instanceof Failed failed) {
            failures.get(failed.why()).increment();
        } else {
            answered.increment();
        }
        return reply;
    }

    @Override
    public Load load() {
        Map<Failure, Long> failed = new EnumMap<>(Failure.class);
        failures.forEach((why, count) -> failed.put(why, count.sum()));
        return new Load(places.taken(), answered.sum(), failed);
    }

    /** Tries the tokens in turn; when all were refused, once more with what the Secret says now. */
    private Reply attempts(LiveCluster cluster, Call call, Attempt attempt) {
        List<String> refused = new ArrayList<>();
        try {
            HeadRoute.Way way = route.to(cluster);
            for (int round = 0; round < 2; round++) {
                for (String token : candidates(cluster, call)) {
                    if (!refused.contains(token)) {
                        Reply reply = attempt.apply(way, token);
                        if (!refuses(reply)) {
                            return reply;
                        }
                        refused.add(token);
                    }
                }
                tokens.refused(cluster);
            }
        } catch (HistoryException e) {
            return new Failed(Failure.UNREACHABLE, e.getMessage());
        }
        return new Failed(Failure.REFUSED, cluster.auth().mode() == HeadAuth.Mode.NONE
                ? "the dashboard wants a token, but the cluster's resource names none"
                : call.caller().isPresent() && cluster.auth().mode() == HeadAuth.Mode.DELEGATED
                ? "the cluster refused your token; it wants the right ray:write on its RayCluster" : "the cluster refused our token");
    }

    private List<String> candidates(LiveCluster cluster, Call call) {
        List<String> all = new ArrayList<>(tokens.tokens(cluster).stream().map(HeadToken::value).toList());
        if (all.isEmpty() && cluster.auth().mode() == HeadAuth.Mode.DELEGATED) {
            call.caller().ifPresent(own -> all.add(own.value()));
        }
        if (all.isEmpty() || cluster.auth().mode() == HeadAuth.Mode.MIXED) {
            all.add(0, "");
        }
        return all;
    }

    private static boolean refuses(Reply reply) {
        return reply instanceof Failed failed && failed.why() == Failure.REFUSED;
    }

    private Reply send(HeadRoute.Way way, String token, Call call, Runnable place) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(way, call.target())).timeout(firstByte)
                .method(call.method(), HttpRequest.BodyPublishers.noBody());
        call.headers().forEach(request::header);
        credentials(way, token, request::header);
        StreamedBody.Limits limits = call.target().startsWith("/api/v0/logs/") ? LOG : answers;
        try {
            HttpResponse<InputStream> answer = way.client().send(request.build(),
                    info -> new StreamedBody(limits, wantsToken(info.statusCode()) ? () -> { } : place));
            if (wantsToken(answer.statusCode())) {
                answer.body().close();
                return new Failed(Failure.REFUSED, "");
            }
            return new Answer(answer.statusCode(), answer.headers().map(), answer.body());
        } catch (HttpTimeoutException e) {
            boolean connecting = e instanceof HttpConnectTimeoutException;
            return connecting ? new Failed(Failure.UNREACHABLE, "its head does not accept connections")
                    : new Failed(Failure.TIMEOUT, "its dashboard did not answer within " + firstByte.toSeconds() + " s");
        } catch (IOException e) {
            return new Failed(Failure.UNREACHABLE, "its dashboard cannot be reached (" + e.getClass().getSimpleName() + ")");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Failed(Failure.UNREACHABLE, "interrupted");
        }
    }

    static boolean wantsToken(int status) {
        return status == UNAUTHORIZED || status == FORBIDDEN;
    }

    /** What the dashboard wants to see, and who stands before it. */
    static void credentials(HeadRoute.Way way, String token, BiConsumer<String, String> header) {
        if (!token.isEmpty()) {
            header.accept("x-ray-authorization", "Bearer " + token);
        }
        if (!way.authorization().isEmpty()) {
            header.accept("Authorization", way.authorization());
        }
    }

    private static URI uri(HeadRoute.Way way, String target) {
        try {
            return URI.create(way.base() + legal(target));
        } catch (IllegalArgumentException e) {
            throw HistoryException.invalid("the path or query is malformed: expected percent-encoded text");
        }
    }

    /** Encodes the few signs that clients send raw and {@link URI} refuses; a dashboard reads both alike. */
    private static String legal(String target) {
        StringBuilder text = new StringBuilder(target.length());
        for (char sign : target.toCharArray()) {
            if ("|{}^`\"<> ".indexOf(sign) >= 0) {
                text.append('%').append(Integer.toHexString(sign).toUpperCase(Locale.ROOT));
            } else {
                text.append(sign);
            }
        }
        return text.toString();
    }

    @Override
    public void close() {
        // Connections belong to the route.
    }
}
