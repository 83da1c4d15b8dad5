package io.rayhistory.benchmark;

import io.rayhistory.domain.history.SessionHistory;
import io.rayhistory.domain.history.Task;
import io.rayhistory.domain.history.TaskSpan;
import io.rayhistory.domain.query.Filter;
import io.rayhistory.domain.query.Lineage;
import io.rayhistory.domain.query.ListQuery;
import io.rayhistory.domain.query.Page;
import io.rayhistory.domain.query.SessionQueries;
import io.rayhistory.domain.query.TaskSummary;
import io.rayhistory.domain.query.TimelineSink;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What answers cost before any JSON is written. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class QueryBenchmark {
    private static final int PAGE = 100;

    private SessionQueries queries;

    @Setup
    public void load(RecordedSession session) {
        SessionHistory history = session.history();
        queries = new SessionQueries(history);
    }

    @Benchmark
    public void firstTasks(Blackhole hole) {
        consume(List.of(), PAGE, hole);
    }

    @Benchmark
    public void failedTasks(Blackhole hole) {
        consume(List.of(Filter.of("state", "=", "FAILED")), PAGE, hole);
    }

    @Benchmark
    public void tasksNotOfANode(Blackhole hole) {
        consume(List.of(Filter.of("node_id", "!=", "ff")), PAGE, hole);
    }

    @Benchmark
    public void allTasks(Blackhole hole) {
        consume(List.of(), SessionQueries.SOURCE_LIMIT, hole);
    }

    private void consume(List<Filter> filters, int limit, Blackhole hole) {
        Page<Task> page = queries.tasks(new ListQuery(filters, limit, true));
        page.rows().forEach(hole::consume);
    }

    @Benchmark
    public TaskSummary summary() {
        return queries.taskSummary(List.of());
    }

    @Benchmark
    public Lineage lineage() {
        return queries.lineage(List.of());
    }

    @Benchmark
    public void timeline(Blackhole hole) throws IOException {
        queries.timeline("", true, new TimelineSink() {
            @Override
            public void span(Task task, TaskSpan span, int pid, int tid) {
                hole.consume(span);
            }

            @Override
            public void process(int pid, String name) {
                hole.consume(name);
            }

            @Override
            public void thread(int pid, int tid, String name) {
                hole.consume(name);
            }
        });
    }
}
