package io.rayhistory.domain.query;

import io.rayhistory.domain.event.TaskState;

import java.util.List;
import java.util.Map;

/** Attempts as a tree of who submitted whom. */
public record Lineage(Page<?> page, List<Branch> roots, TaskSummary.Totals totals) {

    /**
     * @param type        a task type, {@code ACTOR} or {@code GROUP}
     * @param timestampMs earliest creation in the subtree, {@code null} when unknown
     * @param linkType    {@code task}, {@code actor} or {@code ""} (a group has no link)
     */
    public record Branch(String name, String key, String type, Long timestampMs, Map<TaskState, Integer> stateCounts,
                         List<Branch> children, String linkType, String linkId) {
    }
}
