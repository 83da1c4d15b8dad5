package io.rayhistory.bootstrap;

import java.util.List;

/**
 * What can be set for a collector, besides its storage. Names, variables and defaults are those of the Go collector where
 * it has them, so that its manifests keep working; a variable that is not empty wins over the flag, as there.
 */
enum CollectSetting {
    ROLE("role", "RAY_ROLE", "ROLE", "Worker", "head or worker: which kind of Ray node this stands beside."),
    CLUSTER("ray-cluster-name", "RAY_CLUSTER_NAME", "NAME", "", "Name of the RayCluster; needed."),
    NAMESPACE("ray-cluster-namespace", "RAY_CLUSTER_NAMESPACE", "NAME", "default", "Namespace of the RayCluster."),
    OWNER_KIND("owner-kind", "OWNER_KIND", "KIND", "", "rayjob or rayservice, if such a resource made the cluster."),
    OWNER_NAME("owner-name", "OWNER_NAME", "NAME", "", "Name of that resource."),
    LAYOUT("storage-layout", "STORAGE_LAYOUT", "LAYOUT", "cluster-history",
            "Names in the store: cluster-history, or metadir for readers from before May 2026."),
    EVENTS("enable-event-collector", "ENABLE_EVENT_COLLECTOR", "BOOL", "true", "Take in Ray's events."),
    LOGS("enable-log-collector", "ENABLE_LOG_COLLECTOR", "BOOL", "true", "Ship the node's log files."),
    EVENTS_BIND("events-bind", "RAY_COLLECTOR_EVENTS_BIND", "ADDRESS", "127.0.0.1",
            "Address to take events on; Ray posts from its own pod."),
    EVENTS_PORT("events-port", "EVENTS_PORT", "N", "8084", "Port to take events on; 0 takes a free one."),
    EVENTS_TOKEN("events-token", "RAY_COLLECTOR_EVENTS_TOKEN", "SECRET", "", "Demand this bearer token of whoever posts events."),
    DASHBOARD("ray-dashboard-address", "RAY_DASHBOARD_ADDRESS", "URL", "http://localhost:8265", "Ray's dashboard; head only."),
    SPOOL("event-data-dir", "RAY_COLLECTOR_EVENT_DATA_DIR", "DIR", "/tmp/ray/event-data",
            "Folder of what is not stored yet. Nothing of it is lost when the collector is restarted."),
    ROTATION("event-rotation-interval", "RAY_COLLECTOR_EVENT_ROTATION_INTERVAL", "TIME", "1h", "Begin a new event file after this time."),
    FILE_MB("event-max-file-size-mb", "RAY_COLLECTOR_EVENT_MAX_FILE_SIZE_MB", "N", "64", "Begin a new event file beyond this size."),
    DISK_MB("event-max-disk-mb", "RAY_COLLECTOR_EVENT_MAX_DISK_MB", "N", "1024", "Unsent events that may wait on disk."),
    OVERFLOW("event-overflow", "RAY_COLLECTOR_EVENT_OVERFLOW", "HOW", "reject", "Beyond that: reject, so that Ray keeps them, or drop-oldest."),
    FSYNC("event-fsync", "RAY_COLLECTOR_EVENT_FSYNC", "WHEN", "interval",
            "Force events to disk every second (interval), before each answer (always), or never. No setting loses one when the collector is killed."),
    GZIP("event-compression-enabled", "RAY_COLLECTOR_EVENT_COMPRESSION_ENABLED", "BOOL", "false", "Store event files compressed."),
    EVENT_UPLOAD("event-upload-interval", "RAY_COLLECTOR_EVENT_UPLOAD_INTERVAL", "TIME", "5s", "How long an event may wait to be stored."),
    LOG_SCAN("log-scan-interval", "RAY_COLLECTOR_LOG_SCAN_INTERVAL", "TIME", "1s", "How often logs are looked at while they grow."),
    LOG_UPLOAD("log-upload-interval", "RAY_COLLECTOR_LOG_UPLOAD_INTERVAL", "TIME", "5s", "How long a logged line may wait to be stored."),
    REQUESTS("store-requests-per-second", "RAY_COLLECTOR_STORE_REQUESTS_PER_SECOND", "N", "5", "Log uploads a second, on average."),
    ENDPOINTS("additional-endpoints", "RAY_COLLECTOR_ADDITIONAL_ENDPOINTS", "LIST", "",
            "More dashboard answers to keep: paths with their query, separated by commas."),
    ENDPOINTS_FILE("additional-endpoints-file", "RAY_COLLECTOR_ADDITIONAL_ENDPOINTS_FILE", "FILE", "", "The same, one a line."),
    POLL("poll-interval", "RAY_COLLECTOR_POLL_INTERVAL", "TIME", "30s", "How often the dashboard is asked."),
    NODE_ID("ray-node-id", "RAY_NODE_ID", "HEX", "", "Ray's id of this node. Default: found out."),
    POD_IP("pod-ip", "POD_IP", "ADDRESS", "", "Address of this pod, to find its node id at the head."),
    HEAD_ADDRESS("ray-head-address", "FQ_RAY_IP", "HOST", "", "Head to ask for the node id if nothing local tells it."),
    DASHBOARD_PORT("ray-dashboard-port", "RAY_DASHBOARD_PORT", "N", "8265", "Port of that head's dashboard."),
    RAY_ROOT("ray-tmp-root", "RAY_TMP_ROOT", "DIR", "/tmp/ray", "Ray's temp root, shared with the Ray container."),
    AUTH_MODE("ray-auth-mode", "RAY_AUTH_MODE", "MODE", "", "token, if the dashboard demands one."),
    AUTH_TOKEN("ray-auth-token", "RAY_AUTH_TOKEN", "SECRET", "", "Token for the dashboard; better given as a variable."),
    K8S_TOKEN("ray-enable-k8s-token-auth", "RAY_ENABLE_K8S_TOKEN_AUTH", "BOOL", "false", "Use the service account's token for the dashboard."),
    ADMIN_BIND("admin-bind", "RAY_COLLECTOR_ADMIN_BIND", "ADDRESS", "127.0.0.1", "Address of /livez, /readz and /metrics."),
    ADMIN_PORT("admin-port", "RAY_COLLECTOR_ADMIN_PORT", "N", "8085", "Port of these; 0 takes a free one."),
    GRACE("shutdown-grace", "RAY_COLLECTOR_SHUTDOWN_GRACE", "TIME", "25s",
            "How long to go on after SIGTERM while Ray still ends; below the pod's terminationGracePeriodSeconds."),
    LOG_BATCHING("log-batching", "LOG_BATCHING", "N", "", "Accepted, and without effect as in the Go collector."),
    PUSH_INTERVAL("push-interval", "PUSH_INTERVAL", "TIME", "", "Accepted, and without effect as in the Go collector.");

    /** A name of an earlier revision of the Go collector, still in people's manifests. @param variable {@code ""} if it had none */
    record Older(String name, String variable, String now) {
        String flag() {
            return "--" + name;
        }
    }

    /** {@code --ray-cluster-id} was free text, so it is not held to the rules of a namespace. */
    static final Older CLUSTER_ID = new Older("ray-cluster-id", "", "ray-cluster-namespace");
    static final List<Older> OLDER = List.of(new Older("runtime-class-name", "RUNTIME_CLASS_NAME", "storage-backend"),
            new Older("runtime-class-config-path", "RUNTIME_CLASS_CONFIG_PATH", "storage-backend-config-path"),
            new Older("ray-root-dir", "RAY_ROOT_DIR", "storage-root-dir"), CLUSTER_ID);

    private final String name;
    private final String variable;
    private final String label;
    private final String fallback;
    private final String help;

    CollectSetting(String name, String variable, String label, String fallback, String help) {
        this.name = name;
        this.variable = variable;
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

    String label() {
        return label;
    }

    boolean isSwitch() {
        return label.equals("BOOL");
    }

    String fallback() {
        return fallback;
    }

    String help() {
        return help + (fallback.isEmpty() ? "" : " Default: " + fallback + ".") + " [" + variable + "]";
    }
}
