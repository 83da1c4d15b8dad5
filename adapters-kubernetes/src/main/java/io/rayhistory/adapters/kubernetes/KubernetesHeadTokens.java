package io.rayhistory.adapters.kubernetes;

import io.rayhistory.application.port.HeadAuth;
import io.rayhistory.application.port.HeadToken;
import io.rayhistory.application.port.HeadTokens;
import io.rayhistory.application.port.LiveCluster;
import io.rayhistory.domain.HistoryException;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tokens out of Secrets, and those of the service accounts of namespaces, of which the {@value #MOST} last used are kept. Secrets that nobody asked for during {@link #UNUSED} are forgotten, and the one longest unused
 * when there are more than {@value #MOST}.
 */
final class KubernetesHeadTokens implements HeadTokens, AutoCloseable {
    private static final Duration UNUSED = Duration.ofMinutes(10);
    private static final int MOST = 500;

    private record Key(String context, String uid, String secret) {
    }

    private record Namespace(String context, String name) {
    }

    private final Map<String, Connection> connections;
    private final InstantSource clock;
    private final DelegatedTokens delegated;
    private final Map<Key, WatchedSecret> secrets = new HashMap<>();
    private final Map<Namespace, AccountToken> accounts = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Namespace, AccountToken> eldest) {
            return size() > MOST;
        }
    };

    /** @param connections by name of their context */
    KubernetesHeadTokens(Map<String, Connection> connections, DelegatedTokens delegated, InstantSource clock) {
        this.connections = Map.copyOf(connections);
        this.delegated = delegated;
        this.clock = clock;
    }

    @Override
    public List<HeadToken> tokens(LiveCluster cluster) {
        return switch (cluster.auth().mode()) {
            case NONE -> List.of();
            case BROKEN -> throw HistoryException.invalid(cluster.auth().fault());
            case DELEGATED -> delegated(cluster);
            case TOKEN, MIXED -> secret(cluster).tokens(cluster.head().podName(), cluster.auth().mode() == HeadAuth.Mode.MIXED);
        };
    }

    private List<HeadToken> delegated(LiveCluster cluster) {
        return switch (delegated.mode()) {
            case OFF -> throw HistoryException.invalid("the cluster wants tokens of Kubernetes itself "
                    + "(authOptions.enableK8sTokenAuth), which are not handed to it (see --live-delegated)");
            case SERVICE_ACCOUNT -> List.of(account(cluster).get());
            case CALLER -> List.of();
        };
    }

    @Override
    public void refused(LiveCluster cluster) {
        if (!cluster.auth().secret().isEmpty()) {
            secret(cluster).refused();
        } else if (cluster.auth().mode() == HeadAuth.Mode.DELEGATED && delegated.mode() == DelegatedTokens.Mode.SERVICE_ACCOUNT) {
            account(cluster).refused();
        }
    }

    private synchronized AccountToken account(LiveCluster cluster) {
        return accounts.computeIfAbsent(new Namespace(cluster.context(), cluster.cluster().namespace()),
                where -> new AccountToken(connections.get(where.context()), where.name(), delegated.account(), clock));
    }

    private synchronized WatchedSecret secret(LiveCluster cluster) {
        Instant now = clock.instant();
        for (Iterator<WatchedSecret> each = secrets.values().iterator(); each.hasNext(); ) {
            WatchedSecret secret = each.next();
            if (secret.lastUsed().isBefore(now.minus(UNUSED))) {
                secret.close();
                each.remove();
            }
        }
        Key key = new Key(cluster.context(), cluster.uid(), cluster.auth().secret());
        if (!secrets.containsKey(key) && secrets.size() >= MOST) {
            secrets.entrySet().stream().min(Map.Entry.comparingByValue((one, other) -> one.lastUsed().compareTo(other.lastUsed())))
                    .ifPresent(oldest -> secrets.remove(oldest.getKey()).close());
        }
        return secrets.computeIfAbsent(key, unused -> new WatchedSecret(connections.get(cluster.context()),
                cluster.cluster().namespace(), cluster.auth().secret(), clock));
    }

    @Override
    public synchronized void close() {
        secrets.values().forEach(WatchedSecret::close);
        secrets.clear();
    }
}
