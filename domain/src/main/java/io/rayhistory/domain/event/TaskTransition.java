package io.rayhistory.domain.event;

/**
 * An attempt entered a state at a time in nanoseconds since the epoch.
 */
public record TaskTransition(TaskState state, long timeNs) {
}
