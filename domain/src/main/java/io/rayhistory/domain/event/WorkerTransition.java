package io.rayhistory.domain.event;

/**
 * A worker became {@code ALIVE} or {@code DEAD}. Times in milliseconds since the epoch, 0 when they do not belong to the
 * transition.
 *
 * @param launchTimeMs may be unsigned: -1 stands for 18446744073709551615
 */
public record WorkerTransition(String state, long timeNs, long launchTimeMs, long launchedTimeMs, long startTimeMs,
                               long endTimeMs, String exitType, String exitDetail) {
}
