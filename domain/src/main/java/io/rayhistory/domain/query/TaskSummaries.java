package io.rayhistory.domain.query;

import io.rayhistory.domain.event.TaskState;
import io.rayhistory.domain.event.TaskType;
import io.rayhistory.domain.history.SessionHistory;
import io.rayhistory.domain.history.Task;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Attempts by name. Unlike Ray, which sums at most 10,000 attempts, all of them are counted. */
final class TaskSummaries {
    private final SessionHistory history;

    TaskSummaries(SessionHistory history) {
        this.history = history;
    }

    TaskSummary byName(List<Filter> filters) {
        int[] rows = new TaskList(history).rows(filters, true);
        Map<String, TaskSummary.Group> groups = new LinkedHashMap<>();
        TypeCounter types = new TypeCounter();
        for (int row : rows) {
            Task task = history.tasks().get(row);
            String key = task.name().isEmpty() ? task.callName() : task.name();
            groups.computeIfAbsent(key, k -> new TaskSummary.Group(task.type(), new EnumMap<>(TaskState.class)))
                    .stateCounts().merge(task.state(), 1, Integer::sum);
            types.count(task.type());
        }
        return new TaskSummary(page(rows.length), groups, types.totals());
    }

    static Page<Task> page(int rows) {
        return new Page<>(rows, rows, rows, List.of(), List.of());
    }

    /** Counts attempts by type; drivers do not count. */
    static final class TypeCounter {
        private long tasks;
        private long actorTasks;
        private long actorsScheduled;

        void count(TaskType type) {
            switch (type) {
                case NORMAL_TASK -> tasks++;
                case ACTOR_TASK -> actorTasks++;
                case ACTOR_CREATION_TASK -> actorsScheduled++;
                case DRIVER_TASK -> { }
            }
        }

        TaskSummary.Totals totals() {
            return new TaskSummary.Totals(tasks, actorTasks, actorsScheduled);
        }
    }
}
