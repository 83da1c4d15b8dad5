package io.rayhistory.domain.history;

/**
 * A stored log file: its node, its name below the node's {@code logs/} folder, its length in bytes.
 */
public record LogFile(String nodeId, String name, long length) {
}
