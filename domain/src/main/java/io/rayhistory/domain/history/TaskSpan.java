package io.rayhistory.domain.history;

/**
 * One measured piece of work of an attempt; {@code extraData} is JSON text.
 */
public record TaskSpan(String name, long startNs, long endNs, String extraData) {
}
