package io.rayhistory.domain.history;

import io.rayhistory.domain.event.TaskState;
import io.rayhistory.domain.id.TaskIds;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Turns the facts about attempts into their table, and keeps what they tell about workers, drivers and actors. By now
 * nothing is added any more, so that stretches of rows are decided at the same time.
 */
final class TaskAssembly implements TaskEvidence {
    /** Shorter stretches are not worth another thread. */
    private static final int STRETCH = 2_000;
    private static final int MOST_STRETCHES = 16;

    private final TaskTable table;
    private final Map<AttemptResolution.Hidden, Long> hidden = new EnumMap<>(AttemptResolution.Hidden.class);
    private final Map<String, WorkerSeen> workers = new HashMap<>();
    private final SortedSet<String> driverJobs = new TreeSet<>();

    TaskAssembly(TaskFacts facts, ClusterEnds ends, long epochNs) {
        int[] slots = SortedSlots.of(facts.index());
        TaskTableBuilder whole = new TaskTableBuilder(facts, slots.length, epochNs);
        int count = Math.max(1, Math.min(slots.length / STRETCH, MOST_STRETCHES));
        List<Stretch> stretches = IntStream.range(0, count).parallel()
                .mapToObj(n -> stretch(slots, n, count))
                .map(some -> new Stretch(some, facts, ends, whole.part(some.length))).toList();
        for (Stretch stretch : stretches) {
            whole.add(stretch.builder);
            stretch.hidden.forEach((why, n) -> hidden.merge(why, n, Long::sum));
            stretch.workers.forEach((id, seen) -> workers.merge(id, seen, WorkerSeen::orElse));
            driverJobs.addAll(stretch.driverJobs);
        }
        table = whole.build();
    }

    private static int[] stretch(int[] slots, int number, int count) {
        return Arrays.copyOfRange(slots, (int) ((long) slots.length * number / count),
                (int) ((long) slots.length * (number + 1) / count));
    }

    /** Some rows, decided by one thread. */
    private static final class Stretch {
        private final TaskTableBuilder builder;
        private final Map<AttemptResolution.Hidden, Long> hidden = new EnumMap<>(AttemptResolution.Hidden.class);
        private final Map<String, WorkerSeen> workers = new HashMap<>();
        private final Set<String> driverJobs = new HashSet<>();

        Stretch(int[] slots, TaskFacts facts, ClusterEnds ends, TaskTableBuilder builder) {
            this.builder = builder;
            AttemptFold fold = new AttemptFold(facts);
            AttemptResolution resolution = new AttemptResolution(facts, ends);
            AttemptRow row = new AttemptRow();
            for (int slot : slots) {
                AttemptResolution.Hidden why = resolution.resolve(fold.fold(slot), row);
                if (why != null) {
                    hidden.merge(why, 1L, Long::sum);
                    continue;
                }
                builder.add(row);
                note(row);
            }
        }

        private void note(AttemptRow row) {
            if (TaskIds.isDriver(row.taskId)) {
                driverJobs.add(TaskIds.jobOf(row.taskId));
            }
            TaskExecutor e = row.executor;
            if (!e.workerId().isEmpty()) {
                WorkerSeen seen = new WorkerSeen(e.workerId(), e.ranOnNodeId().isEmpty() ? e.nodeId() : e.ranOnNodeId(),
                        TaskIds.jobOf(row.taskId), e.workerPid());
                workers.merge(e.workerId(), seen, WorkerSeen::orElse);
            }
        }
    }

    TaskTable table() {
        return table;
    }

    /** Attempts that are no rows, by reason. */
    Map<AttemptResolution.Hidden, Long> hidden() {
        return hidden;
    }

    private OptionalLong driverNs(String jobId, TaskState state) {
        int row = table.firstRowOf(TaskIds.driverOf(jobId));
        long ns = row < 0 ? 0 : new TaskRecord(table, row).stateNs[state.ordinal()];
        return ns == 0 ? OptionalLong.empty() : OptionalLong.of(ns);
    }

    @Override
    public OptionalLong driverStartNs(String jobId) {
        return driverNs(jobId, TaskState.RUNNING);
    }

    @Override
    public OptionalLong driverEndNs(String jobId) {
        return driverNs(jobId, TaskState.FINISHED);
    }

    @Override
    public Collection<String> jobsWithDriverTask() {
        return driverJobs;
    }

    @Override
    public String creationClassOf(String actorId) {
        int row = table.firstRowOf("f".repeat(16) + actorId);
        String callName = row < 0 ? "" : table.shape(row).callName();
        int dot = callName.indexOf('.');
        return dot < 0 ? callName : callName.substring(0, dot);
    }

    @Override
    public Collection<WorkerSeen> workersSeen() {
        return workers.values();
    }

    @Override
    public OptionalLong pidOfActorWorker(String actorId, String workerId) {
        WorkerSeen seen = workers.get(workerId);
        return seen == null || seen.pid() == 0 ? OptionalLong.empty() : OptionalLong.of(seen.pid());
    }
}
