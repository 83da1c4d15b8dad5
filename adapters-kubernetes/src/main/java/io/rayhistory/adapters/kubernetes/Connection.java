package io.rayhistory.adapters.kubernetes;

import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import io.rayhistory.adapters.kubernetes.KubernetesSettings.ApiServer;
import io.rayhistory.domain.HistoryException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One API server and the client for it. Thread-safe; connects when asked for the first time. */
final class Connection implements AutoCloseable {
    private static final int CONNECT_MS = 3_000;
    private static final int REQUEST_MS = 10_000;
    private static final int HEARTBEAT_SECONDS = 3;

    private final String name;
    private final KubernetesClient client;

    /** @throws HistoryException INVALID if the configuration makes no sense */
    Connection(ApiServer server) {
        this.name = server.name();
        this.client = client(server);
    }

    /** Names of the contexts in a kubeconfig. @throws HistoryException INVALID if it is none */
    static List<String> contextsOf(Path kubeconfig) {
        return config(kubeconfig, "").getContexts().stream().map(NamedContext::getName).toList();
    }

    private static Config config(Path kubeconfig, String context) {
        try {
            Config config = Config.fromKubeconfig(context.isEmpty() ? null : context, kubeconfig.toFile());
            if (config.getMasterUrl() == null || config.getCurrentContext() == null) {
                throw HistoryException.invalid("kubeconfig " + kubeconfig + " names no API server"
                        + (context.isEmpty() ? ": it has no current-context" : " for context '" + context + "'"));
            }
            return config;
        } catch (RuntimeException e) {
            if (e instanceof HistoryException) {
                throw e;
            }
            throw new HistoryException(HistoryException.Kind.INVALID, "kubeconfig " + kubeconfig + " cannot be understood: "
                    + Failures.reason(e), e);
        }
    }

    private static KubernetesClient client(ApiServer server) {
        Config config;
        if (server instanceof ApiServer.InCluster pod) {
            Path token = pod.account().resolve("token");
            String host = pod.host().contains(":") ? "[" + pod.host() + "]" : pod.host();
            config = new ConfigBuilder(Config.empty()).withMasterUrl("https://" + host + ":" + pod.port() + "/")
                    .withCaCertFile(pod.account().resolve("ca.crt").toString())
                    .withOauthTokenProvider(() -> read(token)).build();
        } else {
            ApiServer.Kubeconfig named = (ApiServer.Kubeconfig) server;
            config = config(named.file(), named.context());
        }
        config.setConnectionTimeout(CONNECT_MS);
        config.setRequestTimeout(REQUEST_MS);
        config.setRequestRetryBackoffLimit(0); // whoever asks decides when to ask again
        config.setUserAgent("rayhistory");
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    /** The kubelet replaces the file long before the token in it runs out. */
    private static String read(Path token) {
        try {
            return Files.readString(token).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("the service account's token " + token + " cannot be read", e);
        }
    }

    String name() {
        return name;
    }

    String url() {
        return client.getMasterUrl().toString();
    }

    KubernetesClient client() {
        return client;
    }

    /** @throws HistoryException INVALID if its certificates cannot be used */
    ApiEntrance entrance() {
        Config config = client.getConfiguration();
        try {
            return new ApiEntrance(url().replaceFirst("/$", ""), SSLUtils.sslContext(config), () -> token(config));
        } catch (GeneralSecurityException | IOException e) {
            throw new HistoryException(HistoryException.Kind.INVALID, name + ": its certificates cannot be used: " + Failures.reason(e), e);
        }
    }

    private static String token(Config config) {
        String given = config.getOauthTokenProvider() == null ? config.getOauthToken() : config.getOauthTokenProvider().getToken();
        return Objects.requireNonNullElse(given == null ? config.getAutoOAuthToken() : given, "");
    }

    /** {@code ""} if the API server answers anything within its time, else why not. */
    String heartbeat() {
        try {
            client.getHttpClient().sendAsync(client.getHttpClient().newHttpRequestBuilder()
                    .uri(URI.create(client.getMasterUrl().toString()).resolve("version"))
                    .timeout(HEARTBEAT_SECONDS, TimeUnit.SECONDS).build(), String.class)
                    .get(HEARTBEAT_SECONDS, TimeUnit.SECONDS);
            return "";
        } catch (TimeoutException e) {
            return "the API server " + url() + " does not answer";
        } catch (ExecutionException | RuntimeException e) {
            return "the API server " + url() + " cannot be reached: " + Failures.reason(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
