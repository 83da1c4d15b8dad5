package io.rayhistory.adapters.raydashboard;

import io.rayhistory.application.port.HeadServices;
import io.rayhistory.application.port.LiveCluster;
import io.rayhistory.domain.HistoryException;

import java.net.http.HttpClient;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * Through the proxy of the API server, for whoever cannot reach pods. Ours is the right to reach every service there, so
 * what the status says is used only if it is the name of a service.
 */
public final class ApiServerRoute implements HeadRoute {
    private final Function<String, Server> servers;
    private final HeadServices services;
    private final Map<String, Known> known = new ConcurrentHashMap<>(); // as many as there are API servers

    private record Known(Server server, HttpClient client) {
    }

    /**
     * An API server.
     *
     * @param url   without a slash at its end
     * @param token asked before every request; may answer {@code ""}
     */
    public record Server(String url, SSLContext tls, Supplier<String> token) {
    }

    /** @param servers by {@link LiveCluster#context} */
    public ApiServerRoute(Function<String, Server> servers, HeadServices services) {
        this.servers = servers;
        this.services = services;
    }

    @Override
    public Way to(LiveCluster cluster) {
        String service = cluster.head().serviceName();
        String namespace = cluster.cluster().namespace();
        if (service.isEmpty()) {
            throw HistoryException.unavailable("it has no head", null);
        }
        if (!HeadAddresses.label(service) || !HeadAddresses.label(namespace)) {
            throw HistoryException.invalid("its status has no name of a service");
        }
        services.check(cluster, "");
        Known api = known.computeIfAbsent(cluster.context(), context -> {
            Server server = servers.apply(context);
            return new Known(server, HeadClients.builder().sslContext(server.tls()).build());
        });
        String token = api.server().token().get();
        return new Way(api.client(), api.server().url() + "/api/v1/namespaces/" + namespace + "/services/" + service + ":dashboard/proxy",
                token.isEmpty() ? "" : "Bearer " + token);
    }

    @Override
    public void close() {
        known.clear();
    }
}
