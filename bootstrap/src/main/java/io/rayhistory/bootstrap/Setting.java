package io.rayhistory.bootstrap;

/**
 * Everything that can be set, once: flag, environment variable and key of the configuration file. The variables are
 * those of the Go history server where it has one, so that its manifests keep working; host and port have a prefix of
 * ours because {@code HOST} and {@code PORT} are set by many shells for other reasons.
 */
enum Setting {
    STORAGE_BACKEND("storage-backend", "STORAGE_BACKEND", "storageBackend", "NAME", "filesystem",
            "Kind of store: filesystem or azureblob. The latter is set up by variables or the configuration file, see the README."),
    STORAGE_DIRECTORY("storage-directory", "STORAGE_DIRECTORY", "storageDirectory", "DIR", "",
            "Folder that collectors wrote, or that a bucket was copied into."),
    STORAGE_ROOT_DIR("storage-root-dir", "STORAGE_ROOT_DIR", "storageRootDir", "PATH", "",
            "Where the store begins below the folder or bucket, as the collectors were told."),
    STORAGE_CONFIG("storage-backend-config-path", "STORAGE_BACKEND_CONFIG_PATH", "", "FILE", "",
            "JSON object with any of these settings, keys in camelCase (storageDirectory, sessionCacheTtl, ...), and those of the backend."),
    HOST("host", "RAYHISTORY_HOST", "host", "ADDRESS", "127.0.0.1",
            "Address to listen on; 0.0.0.0 lets other machines in; see --auth."),
    PORT("port", "RAYHISTORY_PORT", "port", "N", "8080",
            "Port to listen on; 0 takes a free one."),
    ADMIN_PORT("admin-port", "RAYHISTORY_ADMIN_PORT", "adminPort", "N", "",
            "Port for /metrics, /livez and /readyz without --auth and TLS, such as 9090; 0 takes a free one. Default: /metrics is on --port."),
    ADMIN_HOST("admin-host", "RAYHISTORY_ADMIN_HOST", "adminHost", "ADDRESS", "",
            "Address of that port. Default: that of --host."),
    TLS_CERT("tls-cert", "RAYHISTORY_TLS_CERT", "tlsCert", "FILE", "",
            "The server's certificate and those that lead to its root, as PEM; re-read when it changes. Default: plain HTTP."),
    TLS_KEY("tls-key", "RAYHISTORY_TLS_KEY", "tlsKey", "FILE", "",
            "Its private key, as PEM without a password."),
    DASHBOARD_DIR("dashboard-dir", "DASHBOARD_DIR", "dashboardDir", "DIR", "",
            "Ray's own web client (ray/dashboard/client/build of the Ray wheel), served below every session."),
    GRAFANA_HOST("grafana-host", "RAY_GRAFANA_HOST", "grafanaHost", "URL", "",
            "A Grafana that outlives the clusters, for the metrics of the web client."),
    REDACTION("runtime-env-redaction", "RUNTIME_ENV_REDACTION", "runtimeEnvRedaction", "WHO", "browsers",
            "From whom the values of env_vars are hidden: off (from nobody), browsers, always."),
    NODES_DEAD("nodes-dead-at-end", "NODES_DEAD_AT_END", "nodesDeadAtEnd", "BOOLEAN", "false",
            "Show nodes as DEAD that were alive when the record ends; Ray's web client then hides their logs."),
    CACHE_MEMORY("session-cache-max-memory", "SESSION_CACHE_MAX_MEMORY", "sessionCacheMaxMemory", "SIZE", "",
            "Heap that loaded sessions may keep, such as 512m or 2Gi; 0 sets no bound. Default: half of the heap."),
    CACHE_SIZE("session-cache-size", "SESSION_CACHE_SIZE", "sessionCacheSize", "N", "100",
            "How many loaded sessions are kept."),
    CACHE_TTL("session-cache-ttl", "SESSION_CACHE_TTL", "sessionCacheTtl", "TIME", "30m",
            "How long an unused session stays loaded, such as 90s or 1h30m; 0 is for ever."),
    PROCESS_TIMEOUT("session-process-timeout", "SESSION_PROCESS_TIMEOUT", "sessionProcessTimeout", "TIME", "10m",
            "How long loading one session may take."),
    SNAPSHOTS("snapshots", "RAYHISTORY_SNAPSHOTS", "snapshots", "MODE", "read-write",
            "Snapshots of ended sessions, below history-index/ in the store, from which they load faster: read-write, read, off."),
    SNAPSHOT_QUIET("snapshot-quiet-time", "RAYHISTORY_SNAPSHOT_QUIET_TIME", "snapshotQuietTime", "TIME", "10m",
            "How long a session must not have changed for its snapshot to be written or looked for."),
    KUBERNETES_ENABLED("kubernetes-enabled", "KUBERNETES_ENABLED", "kubernetesEnabled", "WHEN", "auto",
            "Whether to watch RayClusters: auto (in a pod with a service account, or with a kubeconfig), true, false."),
    KUBECONFIGS("kubeconfigs", "KUBECONFIGS", "kubeconfigs", "FILES", "",
            "Kubeconfig files, separated by commas, for API servers that are not the pod's own."),
    KUBERNETES_CONTEXTS("kubernetes-contexts", "KUBERNETES_CONTEXTS", "kubernetesContexts", "NAMES", "",
            "Contexts in them, separated by commas; who may see what is asked of the first. Default: the current one of each file."),
    KUBERNETES_NAMESPACES("kubernetes-namespaces", "KUBERNETES_NAMESPACES", "kubernetesNamespaces", "NAMES", "",
            "Namespaces to watch, separated by commas. Default: all."),
    KUBERNETES_CLUSTER_DOMAIN("kubernetes-cluster-domain", "KUBERNETES_CLUSTER_DOMAIN", "kubernetesClusterDomain", "DOMAIN", "cluster.local",
            "What the names of services end in."),
    KUBERNETES_WATCH_OWNERS("kubernetes-watch-owners", "KUBERNETES_WATCH_OWNERS", "kubernetesWatchOwners", "BOOLEAN", "false",
            "Watch RayServices as well, to know which of two clusters serves during an upgrade. Needs: get, list, watch rayservices."),
    LIVE_ALLOWED_CIDRS("live-allowed-cidrs", "LIVE_ALLOWED_CIDRS", "liveAllowedCidrs", "RANGES", "",
            "Where heads of live clusters may be, as ranges such as 10.0.0.0/8, separated by commas. Default: the private ranges."),
    LIVE_ALLOWED_PORTS("live-allowed-ports", "LIVE_ALLOWED_PORTS", "liveAllowedPorts", "PORTS", "8265",
            "Ports that their dashboards may have, separated by commas."),
    LIVE_ENABLED("live-enabled", "LIVE_ENABLED", "liveEnabled", "BOOLEAN", "true",
            "Pass the dashboards of live clusters through, where Kubernetes is configured; false only tells which clusters live."),
    LIVE_ALLOW_PROFILING("live-allow-profiling", "LIVE_ALLOW_PROFILING", "liveAllowProfiling", "BOOLEAN", "false",
            "Pass on what profiles and dumps the processes of live clusters, too."),
    LIVE_DELEGATED("live-delegated", "LIVE_DELEGATED", "liveDelegated", "WHOSE", "off",
            "Tokens for clusters with enableK8sTokenAuth: off (none), service-account (of an account for just that), caller (who asks shows it theirs)."),
    LIVE_DELEGATED_ACCOUNT("live-delegated-account", "LIVE_DELEGATED_ACCOUNT", "liveDelegatedAccount", "NAME", "ray-history-live",
            "That service account, in each namespace of such clusters."),
    LIVE_VERIFY_SERVICE("live-verify-service", "LIVE_VERIFY_SERVICE", "liveVerifyService", "BOOLEAN", "false",
            "Go only where a service leads that is labelled as the head's own; for clusters whose status users may write. Needs: get services."),
    LIVE_ROUTE("live-route", "LIVE_ROUTE", "liveRoute", "ROUTE", "direct",
            "How to reach heads: direct, or apiserver, which is for development: through its proxy. Needs: get services/proxy."),
    AUTH("auth", "RAYHISTORY_AUTH", "auth", "MODE", "none",
            "Who may see what: none (everybody everything), token (who has a token of the file), kubernetes (who may get rayclusters), "
                    + "proxy (whom a proxy has logged in)."),
    AUTH_TOKEN_FILE("auth-token-file", "RAYHISTORY_AUTH_TOKEN_FILE", "authTokenFile", "FILE", "",
            "Tokens for --auth token, one per line: name:sha256-of-the-token-in-hex[:namespace,namespace]; re-read when it changes."),
    AUTH_AUDIENCE("auth-audience", "RAYHISTORY_AUTH_AUDIENCE", "authAudience", "NAME", "",
            "Audience that tokens must be made for with --auth kubernetes. Default: the API server's own."),
    AUTH_PROXY_CIDRS("auth-proxy-cidrs", "RAYHISTORY_AUTH_PROXY_CIDRS", "authProxyCidrs", "RANGES", "",
            "Addresses of the proxy for --auth proxy, such as 10.0.0.7 or 10.0.0.0/8, separated by commas; others are not believed."),
    AUTH_PROXY_USER_HEADER("auth-proxy-user-header", "RAYHISTORY_AUTH_PROXY_USER_HEADER", "authProxyUserHeader", "NAME", "X-Forwarded-User",
            "Header in which it names who asks."),
    AUTH_PROXY_GROUPS_HEADER("auth-proxy-groups-header", "RAYHISTORY_AUTH_PROXY_GROUPS_HEADER", "authProxyGroupsHeader", "NAME",
            "X-Forwarded-Groups", "Header in which it names their groups, separated by commas."),
    AUTH_PROXY_PREFIX("auth-proxy-prefix", "RAYHISTORY_AUTH_PROXY_PREFIX", "authProxyPrefix", "TEXT", "",
            "Put before these names, such as oidc:, as roles have them."),
    AUTH_PROXY_SECRETS("auth-proxy-secret-file", "RAYHISTORY_AUTH_PROXY_SECRET_FILE", "authProxySecretFile", "FILE", "",
            "What the proxy has to send in X-Proxy-Secret as well: lines of at least 16 characters, any of them; re-read when it changes."),
    AUTH_NAMESPACE_MAP("auth-namespace-map", "RAYHISTORY_AUTH_NAMESPACE_MAP", "authNamespaceMap", "PAIRS", "",
            "Deleted namespaces and those whose rights count for them now, as DELETED=SUCCESSOR, separated by commas."),
    AUTH_COOKIE_KEYS("auth-cookie-key-file", "RAYHISTORY_AUTH_COOKIE_KEY_FILE", "authCookieKeyFile", "FILE", "",
            "Secrets of at least 32 characters, one per line, that seal login cookies: the first seals, all open. All replicas need the same."),
    AUTH_COOKIE_SECURE("auth-cookie-secure", "RAYHISTORY_AUTH_COOKIE_SECURE", "authCookieSecure", "BOOLEAN", "",
            "Whether browsers send the login over HTTPS only. Default: true, except for plain HTTP on loopback."),
    AUDIT("audit", "RAYHISTORY_AUDIT", "audit", "WHAT", "all",
            "Which requests for data the log's audit lines tell, where there is access control: all, denied.");

    private final String name;
    private final String variable;
    private final String key;
    private final String label;
    private final String fallback;
    private final String help;

    Setting(String name, String variable, String key, String label, String fallback, String help) {
        this.name = name;
        this.variable = variable;
        this.key = key;
        this.label = label;
        this.fallback = fallback;
        this.help = help;
    }

    String flag() {
        return "--" + name;
    }

    String variable() {
        return variable;
    }

    /** Key in the configuration file; {@code ""} if it cannot stand there. */
    String key() {
        return key;
    }

    String label() {
        return label;
    }

    /** What holds when nobody sets it; {@code ""} if that depends. */
    String fallback() {
        return fallback;
    }

    /** The help text with the default and the variable. */
    String help(String fallback) {
        return help + (fallback.isEmpty() ? "" : " Default: " + fallback + ".") + " [" + variable + "]";
    }
}
