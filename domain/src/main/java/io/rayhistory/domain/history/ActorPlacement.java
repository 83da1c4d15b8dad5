package io.rayhistory.domain.history;

/**
 * One incarnation of an actor: where it became alive. {@code pid} and {@code port} are 0 when unknown.
 */
public record ActorPlacement(long timeNs, String nodeId, String workerId, long pid, int port) {
}
