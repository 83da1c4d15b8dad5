package io.rayhistory.domain.failure;

import io.rayhistory.domain.failure.FailureGroup.Section;
import io.rayhistory.domain.history.SessionHistory;
import io.rayhistory.domain.history.Task;
import io.rayhistory.domain.history.TaskTable;

import java.util.Arrays;
import java.util.List;

/**
 * A session at a glance: how many attempts ran, how many failed, what died, over equal spans of time.
 *
 * @param fromMs     begin of the first span, 0 for an empty record
 * @param toMs       the end of the record
 * @param active     attempts that ran at some time of the span; unfinished ones run until the record ends
 * @param failed     attempts that failed in the span
 * @param deaths     incidents, by time
 * @param unfinished attempts still open at the end, drivers left out
 */
public record ActivityStrip(long fromMs, long toMs, List<Integer> active, List<Integer> failed, List<Death> deaths,
                            int unfinished) {
    static final int SPANS = 120;

    /** One incident. @param key of its group */
    public record Death(long ms, FailureGroup.Kind kind, String title, String key) {
    }

    /** Length of a span; the last one may reach beyond {@link #toMs}. */
    public long spanMs() {
        return spanMs(fromMs, toMs);
    }

    private static long spanMs(long from, long to) {
        return Math.max(1, (to - from + SPANS) / SPANS);
    }

    static ActivityStrip of(SessionHistory history, List<FailureGroup> groups) {
        TaskTable tasks = history.tasks();
        long end = history.recordEndNs() / 1_000_000;
        long begin = startMs(history);
        long span = spanMs(begin, end);
        int[] change = new int[SPANS + 1];
        int[] failed = new int[SPANS];
        int open = 0;
        for (int row = 0; row < tasks.size(); row++) {
            if (tasks.isDriver(row)) {
                continue;
            }
            Task task = tasks.get(row);
            open += FailureReport.isUnfinished(tasks, row) ? 1 : 0;
            if (task.startTimeMs() != 0) {
                change[at(task.startTimeMs(), begin, span)]++;
                change[at(task.endTimeMs() == 0 ? end : task.endTimeMs(), begin, span) + 1]--;
            }
            if (!task.errorType().isEmpty() && task.endTimeMs() != 0) {
                failed[at(task.endTimeMs(), begin, span)]++;
            }
        }
        int running = 0;
        Integer[] active = new Integer[SPANS];
        for (int i = 0; i < SPANS; i++) {
            running += change[i];
            active[i] = Math.max(0, running);
        }
        List<Death> deaths = groups.stream().filter(group -> group.section() == Section.INCIDENT && group.firstMs() != 0)
                .map(group -> new Death(group.firstMs(), group.kind(), group.title(), group.key()))
                .sorted((a, b) -> Long.compare(a.ms(), b.ms())).toList();
        return new ActivityStrip(begin, end, List.of(active), Arrays.stream(failed).boxed().toList(), deaths, open);
    }

    private static int at(long ms, long begin, long span) {
        return (int) Math.max(0, Math.min(SPANS - 1, (ms - begin) / span));
    }

    /** The earliest time that any row tells. */
    private static long startMs(SessionHistory history) {
        long first = Long.MAX_VALUE;
        TaskTable tasks = history.tasks();
        for (int row = 0; row < tasks.size(); row++) {
            first = earlier(first, tasks.firstStateNs(row) / 1_000_000);
        }
        for (var node : history.nodes()) {
            first = earlier(first, node.startTimeMs());
        }
        for (var job : history.jobs()) {
            first = earlier(first, job.startTimeMs());
        }
        return first == Long.MAX_VALUE ? history.recordEndNs() / 1_000_000 : first;
    }

    private static long earlier(long first, long ms) {
        return ms > 0 ? Math.min(first, ms) : first;
    }
}
