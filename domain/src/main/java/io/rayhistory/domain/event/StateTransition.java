package io.rayhistory.domain.event;

/**
 * A job entered a state (Ray name) at a time in nanoseconds since the epoch.
 */
public record StateTransition(String state, long timeNs) {
}
