package io.rayhistory.adapters.http.api;

import io.rayhistory.application.read.StoredSession;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.history.Node;
import io.rayhistory.domain.id.IdKind;

import java.util.Comparator;
import java.util.Optional;

/** Finds the node whose logs a request means. */
final class LogNodes {
    private final StoredSession session;

    LogNodes(StoredSession session) {
        this.session = session;
    }

    /** The node in normal form if the session knows it, by its events or by its logs. */
    Optional<String> known(String nodeId) {
        String id = IdKind.NODE.normalize(nodeId);
        boolean known = session.history().node(id).isPresent() || session.logs().nodes().contains(id);
        return known ? Optional.of(id) : Optional.empty();
    }

    /**
     * The node with an address. A raylet that was started again on the same host makes a new node; the newest wins, as in
     * a live cluster, where it is the one that registered last.
     *
     * @throws HistoryException MISSING in Ray's words
     */
    String byIp(String nodeIp) {
        return session.history().nodes().stream()
                .filter(node -> node.ipAddress().equals(nodeIp))
                .max(Comparator.comparingLong(Node::startTimeMs).thenComparing(Node::nodeId))
                .map(Node::nodeId)
                .orElseThrow(() -> HistoryException.missing(
                        "Cannot find matching node_id for a given node ip " + nodeIp));
    }
}
