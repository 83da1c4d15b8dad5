package io.rayhistory.domain.history;

/**
 * The name that a worker printed into its own output just before it ran an attempt. It is used for attempts of silent
 * owners that no finished span names.
 *
 * @param name as tasks are named: {@code square}, or {@code Counter.__init__} for an actor's constructor
 */
public record PrintedName(String taskId, int attempt, String name) {
}
