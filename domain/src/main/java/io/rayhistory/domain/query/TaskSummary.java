package io.rayhistory.domain.query;

import io.rayhistory.domain.event.TaskState;
import io.rayhistory.domain.event.TaskType;

import java.util.Map;

/**
 * Attempts by name and state.
 *
 * @param groups key (name, or function if unnamed) to group, in order of first appearance
 */
public record TaskSummary(Page<?> page, Map<String, Group> groups, Totals totals) {

    /** Attempts of one name: the type of the first, and how many are in each state. */
    public record Group(TaskType type, Map<TaskState, Integer> stateCounts) {
    }

    /** Attempts by type. */
    public record Totals(long tasks, long actorTasks, long actorsScheduled) {
    }
}
