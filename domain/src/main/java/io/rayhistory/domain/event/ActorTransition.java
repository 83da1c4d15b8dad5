package io.rayhistory.domain.event;

/**
 * An actor entered a state. Node, worker, pid and port are filled only on {@code ALIVE}; {@code restartReason} means
 * something only on {@code RESTARTING}.
 *
 * @param pid        0 when absent
 * @param port       0 when absent
 * @param deathCause {@code null} when absent
 */
public record ActorTransition(ActorState state, long timeNs, String nodeId, String workerId, String reprName,
                              ActorDeathCause deathCause, long pid, int port, String restartReason) {
}
