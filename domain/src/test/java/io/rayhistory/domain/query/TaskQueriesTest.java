package io.rayhistory.domain.query;

import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.event.RayEvent;
import io.rayhistory.domain.event.TaskState;
import io.rayhistory.domain.history.Replay;
import io.rayhistory.domain.history.SessionHistory;
import io.rayhistory.domain.history.Task;
import io.rayhistory.domain.history.TaskEvents;
import io.rayhistory.domain.history.TaskSpan;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import static io.rayhistory.domain.history.TaskEvents.defined;
import static io.rayhistory.domain.history.TaskEvents.entered;
import static io.rayhistory.domain.history.TaskEvents.running;
import static io.rayhistory.domain.history.TaskEvents.span;
import static io.rayhistory.domain.history.TaskEvents.spans;
import static io.rayhistory.domain.history.TaskEvents.taskId;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class TaskQueriesTest {

    private static SessionHistory history(List<RayEvent> events) {
        Replay replay = new Replay(TaskEvents.SESSION);
        events.forEach(replay::add);
        return replay.freeze();
    }

    private static SessionHistory small() {
        return history(List.of(defined(1, 0, "square", 1), entered(1, 0, TaskState.FINISHED, 5),
                defined(2, 0, "Square", 2), running(2, 0, 77, null, 6),
                defined(3, 0, "cube", 3), TaskEvents.failed(3, 0, "OUT_OF_MEMORY", "m", 7),
                defined(3, 1, "cube", 4), entered(3, 1, TaskState.FINISHED, 9)));
    }

    private static Page<Task> list(SessionHistory history, int limit, String... filters) {
        List<Filter> parsed = new ArrayList<>();
        for (int i = 0; i < filters.length; i += 3) {
            parsed.add(Filter.of(filters[i], filters[i + 1], filters[i + 2]));
        }
        return new SessionQueries(history).tasks(new ListQuery(parsed, limit, true));
    }

    @Test
    void idsInFiltersAreTakenInAnyCase() {
        assertTotals(list(small(), 100, "task_id", "=", taskId(3).toUpperCase(Locale.ROOT)), 2, 2, 2);
    }

    private static void assertTotals(Page<?> page, int total, int filtered, int rows) {
        assertEquals(List.of((long) total, (long) total, (long) filtered, (long) rows),
                List.of(page.total(), page.numAfterTruncation(), page.numFiltered(), (long) page.rows().size()));
    }

    @Test
    void filtersAtTheSourceChangeTheTotalAndOthersOnlyWhatIsFiltered() {
        assertTotals(list(small(), 100), 4, 4, 4);
        assertTotals(list(small(), 100, "name", "=", "SQUARE"), 2, 2, 2);
        assertTotals(list(small(), 100, "state", "!=", "finished"), 2, 2, 2);
        assertTotals(list(small(), 100, "error_type", "=", "out_of_memory"), 4, 1, 1);
        assertTotals(list(small(), 1, "attempt_number", "=", "0"), 4, 3, 1);
        assertTotals(list(small(), 0), 4, 4, 0);
    }

    @Test
    void anAbsentValueEqualsNothingAndDiffersFromEverything() {
        assertTotals(list(small(), 100, "worker_pid", "=", "77"), 4, 1, 1);
        assertTotals(list(small(), 100, "worker_pid", "!=", "77"), 4, 3, 3);
        assertTotals(list(small(), 100, "actor_id", "=", "00".repeat(16)), 0, 0, 0);
    }

    @Test
    void theLatestAttemptOfATaskComesFirst() {
        Page<Task> page = list(small(), 1, "task_id", "=", taskId(3));
        assertTotals(page, 2, 2, 1);
        assertEquals(1, page.rows().get(0).attempt());
    }

    @Test
    void whatHadNotEndedIsSaidInAWarning() {
        List<String> warnings = list(small(), 100).warnings();
        assertEquals(1, warnings.size());
        assertTrue(warnings.get(0).startsWith("1 task had not ended when the record of this session ends (1970-01-01T"));
        assertEquals(List.of(), list(small(), 100, "name", "=", "cube").warnings());
    }

    @Test
    void malformedFiltersAreRefusedInRaysWords() {
        assertMessage("The given filter column bogus is not supported.", "bogus", "=", "1");
        assertMessage("Unsupported filter predicate > is given. Available predicates: =, !=.", "name", ">", "1");
        assertMessage("Invalid filter `--filter attempt_number abc` for a int type column.", "attempt_number", "=",
                "abc");
        assertMessage("Non-hexadecimal digit found", "job_id", "=", "raysubmit_x");
    }

    private static void assertMessage(String start, String... filter) {
        HistoryException e = assertThrows(HistoryException.class, () -> list(small(), 100, filter));
        assertEquals(HistoryException.Kind.INVALID, e.kind());
        assertTrue(e.getMessage().startsWith(start), e.getMessage());
    }

    @Test
    void ofTooManyRowsTheOnesCreatedLastAreDelivered() {
        List<RayEvent> events = new ArrayList<>();
        for (int i = 0; i < 10_050; i++) {
            events.add(entered(i, 0, TaskState.PENDING_ARGS_AVAIL, 100_000 - i));
        }
        Page<Task> page = list(history(events), 10_000);
        assertEquals(10_050, page.total());
        assertEquals(10_000, page.numAfterTruncation());
        assertEquals(10_000, page.rows().size());
        assertEquals(taskId(0), page.rows().get(0).taskId());
        assertEquals(taskId(9_999), page.rows().get(9_999).taskId());
    }

    @Test
    void summariesGroupByNameAndCountAttempts() {
        TaskSummary summary = new SessionQueries(small()).taskSummary(List.of());
        assertEquals(List.of("square", "Square", "cube"), List.copyOf(summary.groups().keySet()));
        assertEquals("{FINISHED=1, FAILED=1}", summary.groups().get("cube").stateCounts().toString());
        assertEquals(new TaskSummary.Totals(4, 0, 0), summary.totals());
    }

    @Test
    void lineageGroupsSiblingsOfOneNameAndSumsTheirStates() {
        List<RayEvent> events = new ArrayList<>(List.of(defined(1, 0, "outer", 1),
                entered(1, 0, TaskState.PENDING_ARGS_AVAIL, 10), defined(9, 0, "lost", 1)));
        for (int child = 2; child < 4; child++) {
            events.add(TaskEvents.definedUnder(child, taskId(1), "inner", 20));
            events.add(entered(child, 0, TaskState.FINISHED, 30));
        }
        events.add(TaskEvents.definedUnder(5, taskId(77), "orphan", 20));
        Lineage lineage = new SessionQueries(history(events)).lineage(List.of());
        assertEquals(List.of("outer", "lost"), lineage.roots().stream().map(Lineage.Branch::name).toList());
        Lineage.Branch outer = lineage.roots().get(0);
        assertEquals("{PENDING_ARGS_AVAIL=1, FINISHED=2}", outer.stateCounts().toString());
        assertEquals(10L, outer.timestampMs());
        Lineage.Branch group = outer.children().get(0);
        assertEquals("GROUP", group.type());
        assertEquals(2, group.children().size());
        assertEquals(5, lineage.totals().tasks());
    }

    @Test
    void aDeepChainOfTasksIsCutNotFatal() {
        List<RayEvent> events = new ArrayList<>(List.of(defined(1, 0, "t1", 1)));
        for (int i = 2; i < 5_000; i++) {
            events.add(TaskEvents.definedUnder(i, taskId(i - 1), "t" + i, i));
        }
        Lineage lineage = new SessionQueries(history(events)).lineage(List.of());
        assertEquals(4_999, lineage.roots().get(0).stateCounts().get(TaskState.NIL));
    }

    @Test
    void withoutRecordedSpansATimelineShowsWhenAttemptsRan() throws IOException {
        SessionHistory history = history(List.of(defined(1, 0, "f", 1), running(1, 0, 7, null, 2),
                entered(1, 0, TaskState.FINISHED, 9), defined(2, 0, "f", 1), running(2, 0, 7, null, 3)));
        List<String> seen = new ArrayList<>();
        new SessionQueries(history).timeline("", true, new Recorder(seen));
        assertEquals(List.of("task00", "Node 0", "worker:00"), seen);
    }

    @Test
    void aTimelineNumbersNodesAndWorkersInOrderOfFirstSight() throws IOException {
        SessionHistory history = history(List.of(defined(1, 0, "f", 1), spans(1, 0, 4, 1, span("a", 1, 2, "{}")),
                defined(2, 0, "f", 1), spans(2, 0, 5, 1, span("b", 1, 2, "{}")),
                defined(3, 0, "f", 1), spans(3, 0, 4, 1, span("c", 1, 2, "{}"))));
        List<String> seen = new ArrayList<>();
        new SessionQueries(history).timeline("", true, new Recorder(seen));
        assertEquals(List.of("a00", "b01", "c00", "Node 10.0.0.20", "worker:00", "worker:01"), seen);
    }

    /** Writes down what a timeline hands over. */
    private record Recorder(List<String> seen) implements TimelineSink {
        @Override
        public void span(Task task, TaskSpan span, int pid, int tid) {
            seen.add(span.name() + pid + tid);
        }

        @Override
        public void process(int pid, String name) {
            seen.add(name + pid);
        }

        @Override
        public void thread(int pid, int tid, String name) {
            seen.add(name.substring(0, 7) + pid + tid);
        }
    }
}
