package io.rayhistory.domain.layout;

import io.rayhistory.domain.id.ClusterRef;
import io.rayhistory.domain.id.SessionKey;

import java.time.Instant;
import java.util.List;

/**
 * One of the two forms in which collectors arrange a session, and the names of its objects. The four generations in the
 * field are made of these two: A has metadir markers and data, B cluster-history markers over metadir data, C and D are
 * all cluster-history and differ in their event files (spec: storage-layouts.md, section 1).
 *
 * <p>Names for writing are complete, escaped and short enough; ids and names that are no safe segment are refused as
 * INVALID. Immutable.
 */
public sealed interface StorageLayout permits ClusterHistoryLayout, MetadirLayout {

    /** Generations C and D, and the markers of B. @param rootPrefix see {@link RootDir#prefix} */
    static StorageLayout clusterHistory(String rootPrefix) {
        return new ClusterHistoryLayout(rootPrefix);
    }

    /** Generation A, and the data of B. @param rootPrefix see {@link RootDir#prefix} */
    static StorageLayout metadir(String rootPrefix) {
        return new MetadirLayout(rootPrefix);
    }

    /** What the names of all markers start with. */
    String markers();

    /** What the markers of a plain cluster or of one owner start with; sessions follow. */
    String markersOf(ClusterRef cluster);

    /** The name of a session's marker. */
    default String marker(SessionKey session) {
        return ObjectName.shorten(markersOf(session.cluster()) + ObjectName.requireSegment("session", session.session()));
    }

    /** What the name of an object that {@linkplain #markers lies among the markers} says. */
    SessionMarker readMarker(String objectName);

    /**
     * Where data of the session may lie in this form, each with a trailing slash, most likely first; the first is where
     * we write. Foreign names are taken as they are.
     */
    List<String> folders(SessionKey session);

    /**
     * The name of a log file.
     *
     * @param path below the node's {@code logs/}
     */
    String logFile(SessionKey session, String nodeId, String path);

    /**
     * The name of an event file.
     *
     * @param opened when the file was opened; must grow from file to file of one process, to the nanosecond
     */
    String eventFile(EventStream stream, Instant opened, boolean gzip);

    /** The name of a stored dashboard answer. @param key see {@link EndpointKey} */
    default String endpoint(SessionKey session, String key) {
        return ObjectName.shorten(folders(session).get(0) + "fetched_endpoints/" + ObjectName.escape(key));
    }
}
