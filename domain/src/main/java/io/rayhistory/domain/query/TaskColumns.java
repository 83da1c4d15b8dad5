package io.rayhistory.domain.query;

import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.history.TaskColumn;
import io.rayhistory.domain.history.TaskTable;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/** The filterable columns of task attempts, turned into conditions on rows of a {@link TaskTable}. */
final class TaskColumns {
    /** Columns that Ray filters at its source, so that they change {@code total}. */
    static final Set<String> AT_SOURCE = Set.of("job_id", "task_id", "actor_id", "name", "state");

    private TaskColumns() {
    }

    /** @throws HistoryException INVALID for an unknown column or a value that does not fit its type */
    static IntPredicate condition(TaskTable tasks, Filter filter) {
        TaskColumn column = column(filter.column());
        Object wanted = RowFilter.wanted(type(column), filter);
        return tasks.where(column, value -> RowFilter.sameValue(wanted, value) == filter.equal());
    }

    static IntPredicate all(TaskTable tasks, List<Filter> filters) {
        IntPredicate all = row -> true;
        for (Filter filter : filters) {
            all = all.and(condition(tasks, filter));
        }
        return all;
    }

    private static TaskColumn column(String name) {
        return Arrays.stream(TaskColumn.values()).filter(c -> nameOf(c).equals(name)).findFirst()
                .orElseThrow(() -> Columns.unsupported(name,
                        Arrays.stream(TaskColumn.values()).map(TaskColumns::nameOf).collect(Collectors.toList())));
    }

    private static String nameOf(TaskColumn column) {
        return column.name().toLowerCase(Locale.ROOT);
    }

    private static ColumnType type(TaskColumn column) {
        return switch (column) {
            case ATTEMPT_NUMBER, WORKER_PID -> ColumnType.INT;
            case IS_DEBUGGER_PAUSED -> ColumnType.BOOL;
            case TASK_ID, NAME, STATE, JOB_ID, ACTOR_ID, TYPE, FUNC_OR_CLASS_NAME, PARENT_TASK_ID, NODE_ID, WORKER_ID,
                 ERROR_TYPE, LANGUAGE, PLACEMENT_GROUP_ID -> ColumnType.TEXT;
        };
    }
}
