package io.rayhistory.adapters.kubernetes;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.rayhistory.application.port.HeadToken;
import io.rayhistory.domain.HistoryException;

import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The token in one Secret: read when first wanted, then followed by a watch on that name alone; where only {@code get} is
 * granted, read again every {@link #KEPT}. Thread-safe. Never shows what it holds.
 */
final class WatchedSecret implements AutoCloseable {
    private static final Duration KEPT = Duration.ofSeconds(60);
    private static final Duration WATCH_AGAIN = Duration.ofMinutes(5);

    private final Connection connection;
    private final String namespace;
    private final String name;
    private final InstantSource clock;
    private SharedIndexInformer<Secret> informer;
    private boolean watching;
    private Instant watchTried = Instant.EPOCH;
    private Instant readAt = Instant.EPOCH;
    private Instant lastUsed;
    private HeadToken current;
    private HeadToken previous;
    private String previousFor = "";

    WatchedSecret(Connection connection, String namespace, String name, InstantSource clock) {
        this.connection = connection;
        this.namespace = namespace;
        this.name = name;
        this.clock = clock;
        this.lastUsed = clock.instant();
    }

    synchronized Instant lastUsed() {
        return lastUsed;
    }

    /**
     * @param pod      the present head: one that started later knows nothing of the token before
     * @param optional whether there may be none
     */
    synchronized List<HeadToken> tokens(String pod, boolean optional) {
        Instant now = clock.instant();
        lastUsed = now;
        if (!watching && !now.isBefore(readAt.plus(KEPT))) {
            read(optional);
            readAt = now;
            watch(now);
        }
        if (current == null) {
            if (optional) {
                return List.of();
            }
            throw HistoryException.invalid(describe() + " is missing or empty; the history server needs it (right: get secrets '"
                    + name + "' in namespace " + namespace + ")");
        }
        List<HeadToken> tokens = new ArrayList<>(List.of(current));
        if (previous != null && (previousFor.isEmpty() || previousFor.equals(pod))) {
            previousFor = pod;
            tokens.add(previous);
        } else {
            previous = null;
        }
        return tokens;
    }

    synchronized void refused() {
        readAt = Instant.EPOCH;
        watching = false;
    }

    private void read(boolean optional) {
        try {
            take(connection.client().secrets().inNamespace(namespace).withName(name).get());
        } catch (KubernetesClientException e) {
            int status = Failures.status(e);
            if (status == HttpURLConnection.HTTP_FORBIDDEN || status == HttpURLConnection.HTTP_UNAUTHORIZED) {
                if (!optional) {
                    throw new HistoryException(HistoryException.Kind.INVALID, describe() + " may not be read: " + Failures.reason(e), e);
                }
            } else if (current == null) {
                throw HistoryException.unavailable(describe() + " cannot be read: " + Failures.reason(e), e);
            }
        }
    }

    private synchronized void take(Secret secret) {
        Map<String, String> data = secret == null ? Map.of() : Objects.requireNonNullElse(secret.getData(), Map.of());
        String encoded = data.getOrDefault(TokenSecret.KEY, "");
        String value;
        try {
            value = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8).strip();
        } catch (IllegalArgumentException e) {
            value = "";
        }
        HeadToken token = value.isEmpty() || value.chars().anyMatch(Character::isISOControl) ? null : new HeadToken(value);
        if (current != null && !current.equals(token)) {
            previous = current;
            previousFor = "";
        }
        current = token;
    }

    private void watch(Instant now) {
        if (now.isBefore(watchTried.plus(WATCH_AGAIN)) && informer != null) {
            watching = informer.isWatching();
            return;
        }
        watchTried = now;
        stop();
        SharedIndexInformer<Secret> begun = connection.client().secrets().inNamespace(namespace).withName(name).runnableInformer(0);
        informer = begun;
        begun.exceptionHandler((started, failure) -> false).addEventHandler(new ResourceEventHandler<Secret>() {
            @Override
            public void onAdd(Secret secret) {
                take(secret);
            }

            @Override
            public void onUpdate(Secret before, Secret secret) {
                take(secret);
            }

            @Override
            public void onDelete(Secret secret, boolean unknown) {
                take(null);
            }
        });
        begun.stopped().whenComplete((none, failure) -> follows(begun, false));
        begun.start().whenComplete((none, failure) -> follows(begun, failure == null));
    }

    private synchronized void follows(SharedIndexInformer<Secret> which, boolean running) {
        if (which == informer) {
            watching = running;
        }
    }

    private void stop() {
        watching = false;
        if (informer != null) {
            informer.close();
            informer = null;
        }
    }

    private String describe() {
        return "key " + TokenSecret.KEY + " of Secret " + namespace + "/" + name;
    }

    @Override
    public synchronized void close() {
        stop();
    }
}
