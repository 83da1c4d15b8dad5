package io.rayhistory.bootstrap;

import io.rayhistory.adapters.http.intake.IntakeSettings;
import io.rayhistory.adapters.raydashboard.DashboardToken;
import io.rayhistory.application.collect.CollectorSettings;
import io.rayhistory.application.collect.EndpointSettings;
import io.rayhistory.application.collect.LogPace;
import io.rayhistory.application.collect.UploadSettings;
import io.rayhistory.application.port.SpoolSettings;
import io.rayhistory.application.port.SpoolSettings.Fsync;
import io.rayhistory.application.port.SpoolSettings.Overflow;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.id.ClusterRef;
import io.rayhistory.domain.layout.ObjectName;
import io.rayhistory.domain.layout.RootDir;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a collector is going to do, checked.
 *
 * @param spool   folder of everything that waits
 * @param headUrl the dashboard to ask for the node id
 */
record CollectorPlan(CollectorSettings settings, SpoolSettings spoolSettings, IntakeSettings intake, String adminHost, int adminPort,
                     Path rayRoot, Path spool, String dashboardUrl, String headUrl, DashboardToken token, StoreSource source) {
    private static final long MEBIBYTE = 1 << 20;
    private static final long MOST_MEBIBYTES = 1 << 24;

    /** @throws HistoryException INVALID, with what was expected */
    static CollectorPlan of(CollectOptions options, Terminal terminal) {
        CollectValues values = options.collector(terminal);
        for (CollectSetting idle : List.of(CollectSetting.LOG_BATCHING, CollectSetting.PUSH_INTERVAL)) {
            if (values.has(idle)) {
                terminal.warn(idle.flag() + " has no effect: what grows is sent every few seconds");
            }
        }
        boolean head = values.word(CollectSetting.ROLE, "head", "worker").equals("head");
        ClusterRef cluster = cluster(values, options.freeNamespace());
        boolean events = values.flag(CollectSetting.EVENTS);
        boolean logs = values.flag(CollectSetting.LOGS);
        if (!events && !logs) {
            throw HistoryException.invalid(CollectSetting.EVENTS.flag() + " and " + CollectSetting.LOGS.flag()
                    + " are both false: expected at least one of them");
        }
        SettingValues storage = options.storage(terminal);
        String rootDir = storage.text(Setting.STORAGE_ROOT_DIR);
        RootDir.of(rootDir);
        StoreSource source = StoreSource.forWriting(storage, terminal);
        EndpointSettings endpoints = new EndpointSettings(additional(values), values.time(CollectSetting.POLL));
        UploadSettings upload = UploadSettings.DEFAULTS.withGzip(values.flag(CollectSetting.GZIP))
                .withInterval(values.time(CollectSetting.EVENT_UPLOAD));
        LogPace pace = new LogPace(values.time(CollectSetting.LOG_SCAN), values.time(CollectSetting.LOG_UPLOAD), values.rate(CollectSetting.REQUESTS));
        boolean metadir = values.word(CollectSetting.LAYOUT, "cluster-history", "metadir").equals("metadir");
        if (metadir && values.has(CollectSetting.OWNER_KIND)) {
            terminal.warn("layout metadir knows no owners: " + CollectSetting.OWNER_NAME.flag() + " is not stored");
        }
        CollectorSettings settings = new CollectorSettings(cluster, head, nodeId(values), values.text(CollectSetting.POD_IP), rootDir, metadir,
                events, logs, upload, pace, endpoints, source.writeOnce(), values.time(CollectSetting.GRACE), Main.Version.number());
        DashboardToken token = DashboardToken.from(values.flag(CollectSetting.K8S_TOKEN), values.text(CollectSetting.AUTH_TOKEN),
                values.text(CollectSetting.AUTH_MODE));
        IntakeSettings intake = new IntakeSettings(values.text(CollectSetting.EVENTS_BIND), values.port(CollectSetting.EVENTS_PORT),
                values.text(CollectSetting.EVENTS_TOKEN));
        return new CollectorPlan(settings, spoolSettings(values), intake, values.text(CollectSetting.ADMIN_BIND),
                values.port(CollectSetting.ADMIN_PORT), values.path(CollectSetting.RAY_ROOT), values.path(CollectSetting.SPOOL),
                url(values, CollectSetting.DASHBOARD, values.text(CollectSetting.DASHBOARD)),
                url(values, CollectSetting.HEAD_ADDRESS, headUrl(values)), token, source);
    }

    private static ClusterRef cluster(CollectValues values, boolean freeNamespace) {
        String name = values.kubernetesName(CollectSetting.CLUSTER);
        String namespace = freeNamespace ? ObjectName.requireSegment("cluster id", values.text(CollectSetting.NAMESPACE))
                : values.kubernetesName(CollectSetting.NAMESPACE);
        boolean kind = values.has(CollectSetting.OWNER_KIND);
        if (kind != values.has(CollectSetting.OWNER_NAME)) {
            throw values.refuse(kind ? CollectSetting.OWNER_NAME : CollectSetting.OWNER_KIND, "both of "
                    + CollectSetting.OWNER_KIND.flag() + " and " + CollectSetting.OWNER_NAME.flag() + ", or none");
        }
        return kind ? ClusterRef.of(namespace, name, values.word(CollectSetting.OWNER_KIND, "rayjob", "rayservice"),
                values.kubernetesName(CollectSetting.OWNER_NAME)) : ClusterRef.plain(namespace, name);
    }

    private static String nodeId(CollectValues values) {
        String id = values.text(CollectSetting.NODE_ID).toLowerCase(Locale.ROOT);
        return id.isEmpty() ? id : ObjectName.requireSegment("node id", id);
    }

    private static List<String> additional(CollectValues values) {
        List<String> targets = new ArrayList<>(List.of(values.text(CollectSetting.ENDPOINTS).split(",")));
        if (values.has(CollectSetting.ENDPOINTS_FILE)) {
            try {
                targets.addAll(Files.readAllLines(values.path(CollectSetting.ENDPOINTS_FILE), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw values.refuse(CollectSetting.ENDPOINTS_FILE, "a readable file with one request a line");
            }
        }
        return targets;
    }

    private static SpoolSettings spoolSettings(CollectValues values) {
        Overflow overflow = values.word(CollectSetting.OVERFLOW, "reject", "drop-oldest").equals("reject") ? Overflow.REJECT : Overflow.DROP_OLDEST;
        Fsync fsync = Fsync.valueOf(values.word(CollectSetting.FSYNC, "interval", "always", "never").toUpperCase(Locale.ROOT));
        return SpoolSettings.DEFAULTS
                .withLimit(values.whole(CollectSetting.DISK_MB, 1, MOST_MEBIBYTES) * MEBIBYTE, overflow)
                .withRotation(values.whole(CollectSetting.FILE_MB, 1, MOST_MEBIBYTES) * MEBIBYTE, values.time(CollectSetting.ROTATION))
                .withFsync(fsync);
    }

    /** As the Go collector does: a scheme if there is none, a port if there is no colon. Without a head, this very pod. */
    private static String headUrl(CollectValues values) {
        String host = values.text(CollectSetting.HEAD_ADDRESS);
        if (host.isEmpty()) {
            return values.text(CollectSetting.DASHBOARD);
        }
        String withPort = host.contains(":") ? host : host + ":" + values.port(CollectSetting.DASHBOARD_PORT);
        return withPort.contains("://") ? withPort : "http://" + withPort;
    }

    private static String url(CollectValues values, CollectSetting setting, String url) {
        try {
            URI uri = URI.create(url);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            throw values.refuse(setting, "a URL such as http://localhost:8265");
        }
        throw values.refuse(setting, "a URL such as http://localhost:8265");
    }

    String describe() {
        ClusterRef cluster = settings.cluster();
        return (settings.events() ? settings.logs() ? "events and logs" : "events" : "logs") + " of a " + (settings.head() ? "head" : "worker")
                + " node of " + cluster.namespace() + "/" + cluster.name() + " from " + rayRoot + " into " + source.store().describe();
    }
}
