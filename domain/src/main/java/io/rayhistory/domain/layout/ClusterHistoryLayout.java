package io.rayhistory.domain.layout;

import io.rayhistory.domain.id.ClusterRef;
import io.rayhistory.domain.id.OwnerKind;
import io.rayhistory.domain.id.SessionKey;
import io.rayhistory.domain.id.SessionName;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Markers below {@code cluster-metadata/}, data below {@code cluster-history/}, the node id before the kind of data. */
record ClusterHistoryLayout(String rootPrefix) implements StorageLayout {
    /** Kubernetes names hold no {@code _}; a foreign name with many of them gets no more guesses than this. */
    private static final int MOST_GUESSES = 16;

    @Override
    public String markers() {
        return rootPrefix + "cluster-metadata/";
    }

    @Override
    public String markersOf(ClusterRef cluster) {
        StringBuilder prefix = new StringBuilder(markers()).append(cluster.ownerKind().folder()).append('/')
                .append(ObjectName.requireSegment("namespace", cluster.namespace())).append('_');
        if (cluster.ownerKind() != OwnerKind.RAYCLUSTER) {
            prefix.append(ObjectName.requireSegment("owner name", cluster.ownerName())).append('_');
        }
        return prefix.append(ObjectName.requireSegment("cluster", cluster.name())).append('/').toString();
    }

    @Override
    public SessionMarker readMarker(String objectName) {
        String[] parts = objectName.substring(markers().length()).split("/", -1);
        if (parts.length != 3) {
            return damaged(objectName, parts.length + " segments; expected {kind}/{namespace}_[{owner}_]{cluster}/{session}");
        }
        OwnerKind kind = kindOf(parts[0]);
        if (kind == null) {
            return damaged(objectName, "unknown kind '" + parts[0] + "'; expected raycluster, rayjob or rayservice");
        }
        if (!SessionName.isSafe(parts[2])) {
            return damaged(objectName, "'" + parts[2] + "' is no session name");
        }
        boolean owned = kind != OwnerKind.RAYCLUSTER;
        List<String[]> splits = splits(parts[1], owned);
        if (splits.isEmpty()) {
            return damaged(objectName, "'" + parts[1] + "' is not {namespace}_" + (owned ? "{owner}_" : "") + "{cluster}");
        }
        // The peer lists a kind in mixed case and then looks in the lower-case folder; the data is where the writer put it.
        Set<String> folders = new LinkedHashSet<>();
        for (String[] split : splits) {
            String tail = "/" + String.join("/", split) + "/" + parts[2] + "/";
            folders.add(rootPrefix + "cluster-history/" + parts[0] + tail);
            folders.add(rootPrefix + "cluster-history/" + kind.folder() + tail);
        }
        String[] names = splits.get(0);
        ClusterRef cluster = new ClusterRef(names[0], names[names.length - 1], kind, owned ? names[1] : "");
        return new SessionMarker.Sound(objectName, new SessionKey(cluster, parts[2]), List.copyOf(folders));
    }

    /** All ways to read the text as names, the one without {@code _} in the namespace and the cluster first. */
    private static List<String[]> splits(String text, boolean owned) {
        List<String[]> splits = new ArrayList<>();
        for (int first = text.indexOf('_', 1); first > 0; first = text.indexOf('_', first + 1)) {
            String namespace = text.substring(0, first);
            for (int last = text.length() - 2; owned && last > first + 1; last--) {
                if (text.charAt(last) == '_' && splits.size() < MOST_GUESSES) {
                    splits.add(new String[] {namespace, text.substring(first + 1, last), text.substring(last + 1)});
                }
            }
            if (!owned && first < text.length() - 1 && splits.size() < MOST_GUESSES) {
                splits.add(new String[] {namespace, text.substring(first + 1)});
            }
        }
        return splits;
    }

    private static OwnerKind kindOf(String folder) {
        String lower = folder.toLowerCase(Locale.ROOT);
        for (OwnerKind kind : OwnerKind.values()) {
            if (kind.folder().equals(lower)) {
                return kind;
            }
        }
        return null;
    }

    private static SessionMarker damaged(String objectName, String reason) {
        return new SessionMarker.Damaged(objectName, reason);
    }

    @Override
    public List<String> folders(SessionKey session) {
        ClusterRef cluster = session.cluster();
        String plain = folder(session, ClusterRef.plain(cluster.namespace(), cluster.name()));
        // The owner may be set on the head's collector and forgotten on the workers': then the workers' data is plain.
        return cluster.ownerKind() == OwnerKind.RAYCLUSTER ? List.of(plain) : List.of(folder(session, cluster), plain);
    }

    private String folder(SessionKey session, ClusterRef cluster) {
        String owner = cluster.ownerKind() == OwnerKind.RAYCLUSTER ? "" : cluster.ownerName() + "/";
        return rootPrefix + "cluster-history/" + cluster.ownerKind().folder() + "/" + cluster.namespace() + "/" + owner
                + cluster.name() + "/" + session.session() + "/";
    }

    @Override
    public String logFile(SessionKey session, String nodeId, String path) {
        return ObjectName.shorten(nodeFolder(session, nodeId) + "logs/" + ObjectName.escape(path));
    }

    @Override
    public String eventFile(EventStream stream, Instant opened, boolean gzip) {
        String job = stream.jobFolder();
        return nodeFolder(stream.session(), stream.nodeId()) + (job.isEmpty() ? "node_events/" : "job_events/" + job + "/")
                + EventFileName.written(stream.nodeId(), opened) + (gzip ? ".gz" : "");
    }

    private String nodeFolder(SessionKey session, String nodeId) {
        ObjectName.requireSegment("session", session.session());
        markersOf(session.cluster()); // refuses unsafe names
        return folders(session).get(0) + SessionObject.requireNode(nodeId) + "/";
    }
}
