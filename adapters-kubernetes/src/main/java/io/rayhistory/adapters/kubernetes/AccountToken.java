package io.rayhistory.adapters.kubernetes;

import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.rayhistory.application.port.HeadToken;
import io.rayhistory.domain.HistoryException;

import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The token of one service account: asked for when it is wanted, for as short a time as Kubernetes allows, anew when four
 * fifths of that are over; as long as it is valid it outlives an API server that is away. Thread-safe. Never shows what it holds.
 */
final class AccountToken {
    /** By our own clock, whatever that of the API server says; it makes none that end sooner. */
    private static final Duration VALID = Duration.ofSeconds(600);
    private static final Duration RENEWED = Duration.ofSeconds(480);
    private static final Duration AGAIN = Duration.ofSeconds(10);

    private final Connection connection;
    private final String namespace;
    private final String account;
    private final InstantSource clock;
    private HeadToken token;
    private Instant renewal = Instant.EPOCH;
    private Instant end = Instant.EPOCH;
    private Instant tried = Instant.EPOCH;
    private HistoryException failure;

    AccountToken(Connection connection, String namespace, String account, InstantSource clock) {
        this.connection = connection;
        this.namespace = namespace;
        this.account = account;
        this.clock = clock;
    }

    /** @throws HistoryException INVALID if it may not be had, naming the right that is missing; UNAVAILABLE if nobody can be asked */
    synchronized HeadToken get() {
        Instant now = clock.instant();
        if (!now.isBefore(renewal) && !now.isBefore(tried.plus(AGAIN))) {
            tried = now;
            ask(now);
        }
        if (token == null || !now.isBefore(end)) {
            throw failure == null ? HistoryException.unavailable("the token of " + describe() + " is over", null)
                    : new HistoryException(failure.kind(), failure.getMessage(), failure);
        }
        return token;
    }

    /** Somebody did not accept it: the next one is asked for soon. */
    synchronized void refused() {
        renewal = Instant.EPOCH;
    }

    private void ask(Instant now) {
        try {
            TokenRequest answer = connection.client().serviceAccounts().inNamespace(namespace).withName(account)
                    .tokenRequest(new TokenRequestBuilder().withNewSpec().withExpirationSeconds(VALID.toSeconds()).endSpec().build());
            token = new HeadToken(answer.getStatus().getToken());
            end = now.plus(VALID);
            renewal = now.plus(RENEWED);
            failure = null;
        } catch (KubernetesClientException | UncheckedIOException e) {
            failure = failure(e);
        }
    }

    private HistoryException failure(RuntimeException e) {
        return switch (Failures.status(e)) {
            case HttpURLConnection.HTTP_FORBIDDEN, HttpURLConnection.HTTP_UNAUTHORIZED -> new HistoryException(HistoryException.Kind.INVALID,
                    "no token for " + describe() + " (right: create serviceaccounts/token '" + account + "' in namespace " + namespace + "): "
                            + Failures.reason(e), e);
            case HttpURLConnection.HTTP_NOT_FOUND -> new HistoryException(HistoryException.Kind.INVALID, "the cluster is to get a token of "
                    + describe() + ", which does not exist", e);
            default -> HistoryException.unavailable("no token for " + describe() + ": " + Failures.reason(e), e);
        };
    }

    private String describe() {
        return "service account " + namespace + "/" + account;
    }
}
