package io.rayhistory.application.collect;

import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.id.ClusterRef;
import io.rayhistory.domain.id.SessionKey;
import io.rayhistory.domain.id.SessionName;

/**
 * One session of the Ray node that a collector stands beside. The node id is part of it: a raylet that is started anew
 * has another one, even if the session keeps its name.
 *
 * @param cluster whose session it is, as the collector was told
 * @param session the session's name, safe as a segment of a stored name
 * @param nodeId  in hex, {@code ""} while nobody knows it
 * @param head    whether this is the cluster's head node
 */
public record CollectedNode(ClusterRef cluster, String session, String nodeId, boolean head) {

    public CollectedNode {
        if (!SessionName.isSafe(session)) {
            throw HistoryException.invalid("session name '" + session.replaceAll("\\p{Cntrl}", "?") + "' is not allowed");
        }
    }

    /** What names the session in a store. */
    public SessionKey key() {
        return new SessionKey(cluster, session);
    }

    /** True if the node id is known, so that names in the store can be made. */
    public boolean identified() {
        return !nodeId.isEmpty();
    }

    CollectedNode withNodeId(String known) {
        return new CollectedNode(cluster, session, known, head);
    }
}
