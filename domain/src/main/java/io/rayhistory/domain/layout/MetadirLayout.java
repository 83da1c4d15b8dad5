package io.rayhistory.domain.layout;

import io.rayhistory.domain.id.ClusterRef;
import io.rayhistory.domain.id.SessionKey;
import io.rayhistory.domain.id.SessionName;

import java.time.Instant;
import java.util.List;

/**
 * Markers below {@code metadir/}, data below {@code {cluster}_{namespace}/}, the kind of data before the node id. Knows no
 * owners. Until April 2026 the second half of the folder name was a free cluster id; it is taken for the namespace.
 */
record MetadirLayout(String rootPrefix) implements StorageLayout {

    @Override
    public String markers() {
        return rootPrefix + "metadir/";
    }

    @Override
    public String markersOf(ClusterRef cluster) {
        return markers() + clusterFolder(cluster) + "/";
    }

    @Override
    public SessionMarker readMarker(String objectName) {
        String[] parts = objectName.substring(markers().length()).split("/", -1);
        if (parts.length < 2) {
            return damaged(objectName, "one segment; expected {cluster}_{namespace}/{session}");
        }
        // The last underscore: a namespace has none, while the cluster's name may be foreign.
        int split = parts[0].lastIndexOf('_');
        if (split <= 0 || split == parts[0].length() - 1) {
            return damaged(objectName, "'" + parts[0] + "' is not {cluster}_{namespace}");
        }
        if (!SessionName.isSafe(parts[1])) {
            return damaged(objectName, "'" + parts[1] + "' is no session name");
        }
        ClusterRef cluster = ClusterRef.plain(parts[0].substring(split + 1), parts[0].substring(0, split));
        return new SessionMarker.Sound(objectName, new SessionKey(cluster, parts[1]),
                List.of(rootPrefix + parts[0] + "/" + parts[1] + "/"));
    }

    private static SessionMarker damaged(String objectName, String reason) {
        return new SessionMarker.Damaged(objectName, reason);
    }

    @Override
    public List<String> folders(SessionKey session) {
        ClusterRef cluster = session.cluster();
        return List.of(rootPrefix + cluster.name() + "_" + cluster.namespace() + "/" + session.session() + "/");
    }

    @Override
    public String logFile(SessionKey session, String nodeId, String path) {
        return ObjectName.shorten(folder(session) + "logs/" + SessionObject.requireNode(nodeId) + "/" + ObjectName.escape(path));
    }

    /** One file an hour, a JSON array, never compressed: what readers of that generation accept. */
    @Override
    public String eventFile(EventStream stream, Instant opened, boolean gzip) {
        String job = stream.jobFolderAsSent();
        return folder(stream.session()) + (job.isEmpty() ? "node_events/" : "job_events/" + job + "/")
                + SessionObject.requireNode(stream.nodeId()) + "-" + EventFileName.hour(opened);
    }

    private String folder(SessionKey session) {
        clusterFolder(session.cluster());
        ObjectName.requireSegment("session", session.session());
        return folders(session).get(0);
    }

    private static String clusterFolder(ClusterRef cluster) {
        return ObjectName.requireSegment("cluster", cluster.name()) + "_"
                + ObjectName.requireSegment("namespace", cluster.namespace());
    }
}
