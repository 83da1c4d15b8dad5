package io.rayhistory.domain.event;

/**
 * One measured piece of work, times in nanoseconds since the epoch; {@code extraData} is JSON text.
 */
public record ProfileSpan(String name, long startNs, long endNs, String extraData) {
}
