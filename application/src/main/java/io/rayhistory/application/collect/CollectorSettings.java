package io.rayhistory.application.collect;

import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.id.ClusterRef;

import java.time.Duration;

/**
 * What a collector is told.
 *
 * @param cluster    whose node it stands beside
 * @param head       whether that is the head node; only there the dashboard is asked
 * @param nodeId     Ray's id of the node, {@code ""} to find it out
 * @param podAddress of this pod, to find the node id at the head; {@code ""} if nobody told
 * @param rootDir    where the store begins, see {@link io.rayhistory.domain.layout.RootDir}
 * @param metadir    whether names and event files are those of generation A, for readers of that time; knows no owners
 * @param events     whether events are taken in and sent
 * @param logs       whether log files are sent
 * @param upload     how events are sent
 * @param pace       how log files are sent
 * @param endpoints  which dashboard answers are kept
 * @param writeOnce  whether the store lets nothing be changed; then all is sent only when it is final, and there is no
 *                   sign of life
 * @param grace      how long {@link HistoryCollector#stop} may take
 * @param version    of this program, noted in the store
 */
public record CollectorSettings(ClusterRef cluster, boolean head, String nodeId, String podAddress, String rootDir, boolean metadir,
                                boolean events, boolean logs, UploadSettings upload, LogPace pace, EndpointSettings endpoints,
                                boolean writeOnce, Duration grace, String version) {

    public CollectorSettings {
        if (grace.isNegative()) {
            throw HistoryException.invalid("shutdown grace " + grace + ": expected no time below zero");
        }
        if (!events && !logs) {
            throw HistoryException.invalid("neither events nor logs are to be collected: expected at least one of them");
        }
        if (metadir && (upload.gzip() || writeOnce)) {
            throw HistoryException.invalid("layout metadir with " + (upload.gzip() ? "compressed events" : "a store in which nothing can be"
                    + " changed") + ": its event files are plain arrays that grow; expected the layout cluster-history for that");
        }
    }

    /** Everything as usual for the head or a worker of a cluster: events and logs, 25 seconds to stop. */
    public static CollectorSettings of(ClusterRef cluster, boolean head) {
        return new CollectorSettings(cluster, head, "", "", "", false, true, true, UploadSettings.DEFAULTS, LogPace.usual(),
                EndpointSettings.defaults(), false, Duration.ofSeconds(25), "embedded");
    }
}
