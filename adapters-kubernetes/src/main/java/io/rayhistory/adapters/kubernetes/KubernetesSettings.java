package io.rayhistory.adapters.kubernetes;

import io.rayhistory.domain.HistoryException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which API servers to ask, and what about.
 *
 * @param servers    never empty; who somebody is and what they may see is asked of the first
 * @param namespaces the ones to watch; empty for all
 * @param delegated  what clusters get that want tokens of Kubernetes itself
 * @param owners     whether to watch RayServices as well, which tell the cluster that serves
 */
public record KubernetesSettings(List<ApiServer> servers, Set<String> namespaces, DelegatedTokens delegated, boolean owners) {

    /** Where Kubernetes mounts what a pod needs to talk to its API server. */
    public static final Path SERVICE_ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

    public KubernetesSettings {
        servers = List.copyOf(servers);
        namespaces = Set.copyOf(namespaces);
        if (servers.isEmpty()) {
            throw HistoryException.invalid("no API server is named");
        }
    }

    /** The same, with tokens for clusters that want those of Kubernetes itself. */
    public KubernetesSettings withDelegated(DelegatedTokens newDelegated) {
        return new KubernetesSettings(servers, namespaces, newDelegated, owners);
    }

    /** The same, watching RayServices. */
    public KubernetesSettings withOwners() {
        return new KubernetesSettings(servers, namespaces, delegated, true);
    }

    /** One API server. */
    public sealed interface ApiServer {

        /** What it is called in messages and lists. */
        String name();

        /**
         * As a kubeconfig tells.
         *
         * @param context {@code ""} for the file's current one
         */
        record Kubeconfig(Path file, String context) implements ApiServer {
            @Override
            public String name() {
                return context.isEmpty() ? file.toString() : context;
            }
        }

        /** The one of the cluster we run in. @param account folder with token and ca.crt; the token is read again as it changes */
        record InCluster(String host, String port, Path account) implements ApiServer {
            @Override
            public String name() {
                return "in-cluster";
            }
        }
    }

    /**
     * Puts together what is configured.
     *
     * @param kubeconfigs files, in order; every file needs to exist
     * @param contexts    names, in order, each looked for in all files; empty for the current context of each file
     * @param host        {@code KUBERNETES_SERVICE_HOST} of a pod, {@code ""} outside
     * @param port        {@code KUBERNETES_SERVICE_PORT}
     * @param account     see {@link #SERVICE_ACCOUNT}
     * @return empty if neither a kubeconfig is named nor this is a pod with a token
     * @throws HistoryException INVALID for a file or context that is not there
     */
    public static Optional<KubernetesSettings> find(List<Path> kubeconfigs, List<String> contexts, Set<String> namespaces,
                                                    String host, String port, Path account) {
        List<ApiServer> servers = new ArrayList<>();
        for (Path file : kubeconfigs) {
            if (!Files.isReadable(file)) {
                throw HistoryException.invalid("kubeconfig " + file + " does not exist or cannot be read");
            }
        }
        if (!kubeconfigs.isEmpty()) {
            servers.addAll(named(kubeconfigs, contexts));
        } else if (!host.isEmpty() && Files.isReadable(account.resolve("token"))) {
            servers.add(new ApiServer.InCluster(host, port.isEmpty() ? "443" : port, account));
        }
        return servers.isEmpty() ? Optional.empty()
                : Optional.of(new KubernetesSettings(servers, new LinkedHashSet<>(namespaces), DelegatedTokens.OFF, false));
    }

    private static List<ApiServer> named(List<Path> files, List<String> contexts) {
        List<ApiServer> servers = new ArrayList<>();
        if (contexts.isEmpty()) {
            files.forEach(file -> servers.add(new ApiServer.Kubeconfig(file, "")));
        }
        for (String context : contexts) {
            Path file = files.stream().filter(each -> Connection.contextsOf(each).contains(context)).findFirst()
                    .orElseThrow(() -> HistoryException.invalid("context '" + context + "' is in none of " + files));
            servers.add(new ApiServer.Kubeconfig(file, context));
        }
        return servers;
    }
}
