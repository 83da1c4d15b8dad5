package io.rayhistory.domain.layout;

import io.rayhistory.domain.HistoryException;

import java.util.Optional;
import java.util.Set;

/**
 * What an object is, told by its name below a session's folder. Reads both forms: {@code logs/{node}/…} of the old,
 * {@code {node}/logs/…} of the new; since the words are reserved, no node can be called {@code logs}.
 *
 * @param nodeId the node a log belongs to; {@code ""} otherwise
 * @param name   the log's path below the node's {@code logs/}, the endpoint's key, or the event file's last segment
 */
public record SessionObject(Kind kind, String nodeId, String name) {

    /** Kinds of stored objects. */
    public enum Kind {
        EVENTS, LOG, ENDPOINT
    }

    private static final Set<String> RESERVED = Set.of("logs", "node_events", "job_events", "fetched_endpoints", "meta");

    /** Reads a name below a session's folder; empty for what is nothing of ours. */
    public static Optional<SessionObject> read(String below) {
        String[] parts = below.split("/", 4);
        boolean old = RESERVED.contains(parts[0]) || parts.length == 1;
        String kind = parts[0];
        if (!old) {
            // A job id of ".." moved whole files up, into the node's folder: see spec storage-layouts.md, 1.3.
            kind = parts.length == 2 ? "node_events" : parts[1];
        }
        return switch (kind) {
            case "logs" -> log(old ? 1 : 0, below);
            case "fetched_endpoints" -> old && parts.length > 1 ? endpoint(below) : Optional.empty();
            case "node_events", "job_events" -> events(below);
            default -> old && parts.length == 1 ? events(below) : Optional.empty();
        };
    }

    private static Optional<SessionObject> log(int node, String below) {
        String[] parts = below.split("/", 3);
        if (parts.length < 3 || parts[2].isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new SessionObject(Kind.LOG, parts[node], parts[2]));
    }

    private static Optional<SessionObject> endpoint(String below) {
        return Optional.of(new SessionObject(Kind.ENDPOINT, "", below.substring(below.indexOf('/') + 1)));
    }

    private static Optional<SessionObject> events(String below) {
        return EventFileName.matches(below)
                ? Optional.of(new SessionObject(Kind.EVENTS, "", below.substring(below.lastIndexOf('/') + 1)))
                : Optional.empty();
    }

    /** Refuses what cannot be a node's folder. */
    static String requireNode(String nodeId) {
        if (RESERVED.contains(nodeId)) {
            throw HistoryException.invalid("node id '" + nodeId + "' is a reserved folder name");
        }
        return ObjectName.requireSegment("node id", nodeId);
    }
}
