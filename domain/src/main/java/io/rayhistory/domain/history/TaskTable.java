package io.rayhistory.domain.history;

import io.rayhistory.domain.event.TaskError;
import io.rayhistory.domain.event.TaskState;
import io.rayhistory.domain.event.TaskType;
import io.rayhistory.domain.id.TaskIds;

import java.util.AbstractList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/**
 * All task attempts of a session, sorted by task id, the latest attempt of a task first. Columns and packed records
 * instead of an object per attempt: 30 bytes of columns and some 90 of record. Immutable and thread-safe.
 */
public final class TaskTable {
    private static final TaskState[] STATES = TaskState.values();

    final long[] unique;
    final int[] tail;
    final int[] attempt;
    final int[] shape;
    final int[] executor;
    final byte[] state;
    final int[] record;
    final PackedBytes records;
    final long epochNs;
    final List<String> tails;
    final List<TaskShape> shapes;
    final List<TaskExecutor> executors;
    final List<TaskError> errors;
    final List<TaskComponent> components;
    final List<String> texts;
    /** Per tail, the job and its driver task: most rows name them. */
    private final String[] jobs;
    private final String[] drivers;
    private final AgeOrder ages = new AgeOrder(this);

    TaskTable(long[] unique, int[] tail, int[] attempt, int[] shape, int[] executor, byte[] state, int[] record,
              PackedBytes records, long epochNs, List<String> tails, List<TaskShape> shapes,
              List<TaskExecutor> executors, List<TaskError> errors, List<TaskComponent> components,
              List<String> texts) {
        this.unique = unique;
        this.tail = tail;
        this.attempt = attempt;
        this.shape = shape;
        this.executor = executor;
        this.state = state;
        this.record = record;
        this.records = records;
        this.epochNs = epochNs;
        this.tails = tails;
        this.shapes = shapes;
        this.executors = executors;
        this.errors = errors;
        this.components = components;
        this.texts = texts;
        this.jobs = new String[tails.size()];
        this.drivers = new String[tails.size()];
        // Every actor has a tail of its own, but there are few jobs.
        Map<String, String> shared = new HashMap<>();
        for (int n = 0; n < jobs.length; n++) {
            String anyId = tails.get(n).isEmpty() ? "" : AttemptIndex.join(0, tails.get(n));
            jobs[n] = shared.computeIfAbsent(anyId.substring(Math.max(0, anyId.length() - 8)), job -> job);
            drivers[n] = shared.computeIfAbsent(TaskIds.driverOf(TaskIds.jobOf(anyId)), id -> id);
        }
    }

    public int size() {
        return unique.length;
    }

    /** A view of one row, from 0 to {@link #size()}. */
    public Task get(int row) {
        return new Task(this, row);
    }

    /** Views of the given rows, made when they are asked for. */
    public List<Task> views(int[] rows) {
        return new Views(rows);
    }

    private final class Views extends AbstractList<Task> implements RandomAccess {
        private final int[] rows;

        private Views(int[] rows) {
            this.rows = rows;
        }

        @Override
        public Task get(int index) {
            return TaskTable.this.get(rows[index]);
        }

        @Override
        public int size() {
            return rows.length;
        }
    }

    /** The first row of a task's attempts (they lie together, latest first), or -1 when the task is unknown. */
    public int firstRowOf(String taskId) {
        int low = 0;
        int high = size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (taskId(middle).compareTo(taskId) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low < size() && taskId(low).equals(taskId) ? low : -1;
    }

    public TaskState state(int row) {
        return STATES[state[row]];
    }

    /** When a row's first state was entered, which for most is its creation; nanoseconds, for ordering by age. */
    public long firstStateNs(int row) {
        PackedBytes.Reader in = records.at(record[row]);
        return in.varint() == 0 ? epochNs : epochNs + in.zigzag();
    }

    /**
     * The attempts created last (see {@link #firstStateNs}), the first in the table's order when some are of one age.
     *
     * @param limit the same for every question; what it comes to is remembered
     */
    public LatestRows latest(int limit, boolean excludeDriver) {
        return ages.latest(limit, excludeDriver);
    }

    /** The same for some rows. */
    public LatestRows latest(int[] rows, int limit) {
        return ages.latest(rows, limit);
    }

    public boolean isDriver(int row) {
        return shape(row).type() == TaskType.DRIVER_TASK;
    }

    /** False for an attempt whose owner exported nothing: it is known from its executor's events alone. */
    public boolean isDefined(int row) {
        return shape(row).defined();
    }

    /** False when the session recorded no spans at all: Ray's default event types leave them out. */
    public boolean hasSpans() {
        return !components.isEmpty();
    }

    /**
     * The rows whose value in a column passes a test. Columns whose values many rows share are tested once per distinct
     * value, so that a filter costs an array look-up per row.
     *
     * @param test is given text, a {@code Long}, a {@code Boolean}, or {@code null} where the row has no value; must be
     *             free of side effects
     */
    public IntPredicate where(TaskColumn column, Predicate<Object> test) {
        return switch (column) {
            case TASK_ID -> row -> test.test(taskId(row));
            case ATTEMPT_NUMBER -> row -> test.test((long) attempt[row]);
            case STATE -> byNumber(STATES.length, n -> STATES[n].name(), test, row -> state[row]);
            case JOB_ID -> byNumber(jobs.length, n -> jobs[n], test, row -> tail[row]);
            case ACTOR_ID -> row -> test.test(orNull(actorId(row)));
            case NAME -> byShape(TaskShape::name, test);
            case TYPE -> byShape(s -> s.type().name(), test);
            case FUNC_OR_CLASS_NAME -> byShape(TaskShape::callName, test);
            case LANGUAGE -> byShape(TaskShape::language, test);
            case PLACEMENT_GROUP_ID -> byShape(s -> orNull(s.placementGroupId()), test);
            case NODE_ID -> byExecutor(e -> orNull(e.nodeId()), test);
            case WORKER_ID -> byExecutor(e -> orNull(e.workerId()), test);
            case WORKER_PID -> byExecutor(e -> e.workerPid() == 0 ? null : (Object) (long) e.workerPid(), test);
            case IS_DEBUGGER_PAUSED -> byExecutor(TaskExecutor::debuggerPaused, test);
            case PARENT_TASK_ID -> row -> test.test(orNull(parentTaskId(row)));
            case ERROR_TYPE -> row -> test.test(state(row) == TaskState.FAILED ? orNull(get(row).errorType()) : null);
        };
    }

    /** What {@code java.util.function.IntUnaryOperator} is, named for what it does here. */
    @FunctionalInterface
    private interface NumberOfRow {
        int of(int row);
    }

    private IntPredicate byShape(Function<TaskShape, Object> value, Predicate<Object> test) {
        return byNumber(shapes.size(), n -> value.apply(shapes.get(n)), test, row -> shape[row]);
    }

    private IntPredicate byExecutor(Function<TaskExecutor, Object> value, Predicate<Object> test) {
        return byNumber(executors.size(), n -> value.apply(executors.get(n)), test, row -> executor[row]);
    }

    private static IntPredicate byNumber(int numbers, IntFunction<Object> value, Predicate<Object> test,
                                         NumberOfRow number) {
        boolean[] passes = new boolean[numbers];
        for (int n = 0; n < numbers; n++) {
            passes[n] = test.test(value.apply(n));
        }
        return row -> passes[number.of(row)];
    }

    private static Object orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    String taskId(int row) {
        return AttemptIndex.join(unique[row], tails.get(tail[row]));
    }

    String jobId(int row) {
        return jobs[tail[row]];
    }

    /** The id of the driver task of a row's job. */
    String driverTaskId(int row) {
        return drivers[tail[row]];
    }

    String parentTaskId(int row) {
        PackedBytes.Reader in = records.at(record[row]);
        for (int left = Integer.bitCount(in.varintInt()); left > 0; left--) {
            in.varint();
        }
        return TaskRecord.readParent(in, this, row);
    }

    int attempt(int row) {
        return attempt[row];
    }

    TaskShape shape(int row) {
        return shapes.get(shape[row]);
    }

    TaskExecutor executor(int row) {
        return executors.get(executor[row]);
    }

    int shapeNumber(int row) {
        return shape[row];
    }

    int executorNumber(int row) {
        return executor[row];
    }

    String actorId(int row) {
        TaskShape s = shape(row);
        return s.type() == TaskType.ACTOR_CREATION_TASK ? TaskIds.actorOf(taskId(row)) : s.actorId();
    }

    int record(int row) {
        return record[row];
    }

    /** Estimated heap, in bytes. */
    long weightBytes() {
        // Columns, the order by age, and the rows that were created last.
        long weight = size() * 33L + 8L * Math.min(size(), 10_000) + 16L * tails.size() + records.sizeBytes() + 512;
        for (List<?> values : List.of(tails, texts)) {
            for (Object text : values) {
                weight += 64 + text.toString().length();
            }
        }
        for (TaskError error : errors) {
            weight += 136 + error.message().length();
        }
        return weight + shapes.size() * 400L + executors.size() * 250L + components.size() * 150L;
    }
}
