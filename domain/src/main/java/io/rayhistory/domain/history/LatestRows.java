package io.rayhistory.domain.history;

/**
 * The rows of the attempts that were created last, in the table's order.
 *
 * @param total how many rows there were to choose from
 * @param rows  not to be changed
 */
public record LatestRows(int total, int[] rows) {
}
