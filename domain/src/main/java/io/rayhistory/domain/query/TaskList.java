package io.rayhistory.domain.query;

import io.rayhistory.domain.history.LatestRows;
import io.rayhistory.domain.history.SessionHistory;
import io.rayhistory.domain.history.Task;
import io.rayhistory.domain.history.TaskTable;
import io.rayhistory.domain.id.IdKind;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/** Lists of task attempts. A page costs one pass over the columns that its filters name, and no copy of any row. */
final class TaskList {
    private final SessionHistory history;
    private final TaskTable tasks;

    TaskList(SessionHistory history) {
        this.history = history;
        this.tasks = history.tasks();
    }

    Page<Task> page(ListQuery query) {
        List<Filter> atSource = new ArrayList<>();
        List<Filter> after = new ArrayList<>();
        for (Filter filter : query.filters()) {
            (TaskColumns.AT_SOURCE.contains(filter.column()) ? atSource : after).add(filter);
        }
        IntPredicate rest = TaskColumns.all(tasks, after);
        LatestRows source = delivered(atSource, query.excludeDriver());
        int[] delivered = source.rows();
        int[] rows = new int[Math.min(query.limit(), delivered.length)];
        int filtered = 0;
        int open = 0;
        int untold = 0;
        for (int row : delivered) {
            if (rest.test(row)) {
                if (filtered < rows.length) {
                    rows[filtered] = row;
                }
                filtered++;
                open += tasks.state(row).isTerminal() ? 0 : 1;
                untold += tasks.isDefined(row) ? 0 : 1;
            }
        }
        List<Task> views = tasks.views(Arrays.copyOf(rows, Math.min(rows.length, filtered)));
        return new Page<>(source.total(), delivered.length, filtered, views, warnings(open, untold, source.total()));
    }

    private Filter sourceId(Filter filter) {
        return switch (filter.column()) {
            case "job_id" -> SourceIds.job(filter, history::job);
            case "task_id" -> new Filter("task_id", filter.equal(), SourceIds.hex(IdKind.TASK, filter.value()));
            case "actor_id" -> new Filter("actor_id", filter.equal(), SourceIds.hex(IdKind.ACTOR, filter.value()));
            default -> filter;
        };
    }

    /** Rows that pass the filters, in the table's order. */
    int[] rows(List<Filter> filters, boolean excludeDriver) {
        List<Filter> meant = filters.stream().map(this::sourceId).toList();
        IntPredicate passes = TaskColumns.all(tasks, meant);
        int from = 0;
        int to = tasks.size();
        for (Filter filter : meant) {
            if (filter.column().equals("task_id") && filter.equal()) {
                int first = tasks.firstRowOf(filter.value());
                from = Math.max(0, first);
                to = first < 0 ? 0 : Math.min(to, first + history.attempts(filter.value()).size());
            }
        }
        int[] rows = new int[Math.max(0, to - from)];
        int count = 0;
        for (int row = from; row < to; row++) {
            if (!(excludeDriver && tasks.isDriver(row)) && passes.test(row)) {
                rows[count++] = row;
            }
        }
        return Arrays.copyOf(rows, count);
    }

    /** What Ray's source would deliver of too many rows is arbitrary; here it is those created last, in list order. */
    LatestRows delivered(List<Filter> filters, boolean excludeDriver) {
        return filters.isEmpty() ? tasks.latest(SessionQueries.SOURCE_LIMIT, excludeDriver)
                : tasks.latest(rows(filters, excludeDriver), SessionQueries.SOURCE_LIMIT);
    }

    private List<String> warnings(int open, int untold, int total) {
        List<String> warnings = new ArrayList<>();
        if (open > 0) {
            warnings.add(open + (open == 1 ? " task had" : " tasks had") + " not ended when the record of this session "
                    + "ends (" + Instant.ofEpochSecond(history.recordEndNs() / 1_000_000_000) + "); "
                    + "the last recorded state is shown.");
        }
        if (untold > 0) {
            warnings.add(untold + (untold == 1 ? " task attempt was" : " task attempts were") + " submitted by a process "
                    + "that exported no events; what the workers that ran them told is shown.");
        }
        if (total > SessionQueries.SOURCE_LIMIT) {
            warnings.add(total + " task attempts match; the " + SessionQueries.SOURCE_LIMIT
                    + " created last are considered, as many as a live cluster would deliver. Filter for less.");
        }
        return warnings;
    }
}
