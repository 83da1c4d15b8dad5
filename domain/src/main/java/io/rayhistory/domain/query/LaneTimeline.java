package io.rayhistory.domain.query;

import io.rayhistory.domain.event.TaskState;
import io.rayhistory.domain.history.Provenance;
import io.rayhistory.domain.history.SessionHistory;
import io.rayhistory.domain.history.Task;
import io.rayhistory.domain.history.TaskTable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What ran where and when, as columns to be drawn: one span an attempt, by lane and start. A lane is a worker; spans of
 * one worker that overlap (async and threaded actors) go to further lanes of it, so that inside a lane starts and ends
 * both rise. An attempt that failed without ever running is a span of length 0; one that never ran and did not fail is
 * none. Immutable.
 */
public final class LaneTimeline {
    public static final int FINISHED = 0;
    public static final int FAILED = 1;
    public static final int UNFINISHED = 2;
    public static final int INFERRED_BIT = 16;
    public static final int RECOVERED_BIT = 32;
    /** As many lanes and names as sixteen bits tell apart; what is beyond shares the last one. */
    static final int MOST = 65_536;
    private static final long[] UNITS_US = {100, 1_000, 10_000, 100_000, 1_000_000};

    /**
     * A worker serves one job at a time; should it have served two, each has its own lanes.
     *
     * @param sub 0, or the number of the further lane
     */
    public record Lane(String nodeId, String workerId, String jobId, int pid, int sub, int first, int count) {
    }

    private record Span(int row, long startMs, long endMs, int name, int state) {
    }

    private record Place(String nodeId, String workerId, String jobId) {
    }

    private final long t0Ms;
    private final long unitUs;
    private final List<Lane> lanes = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final List<Span> spans = new ArrayList<>();
    private int mergedLanes;

    private LaneTimeline(SessionHistory history, String jobId) {
        Map<Place, List<Span>> byWorker = collect(history, jobId);
        long first = Long.MAX_VALUE;
        long last = history.recordEndNs() / 1_000_000;
        for (List<Span> some : byWorker.values()) {
            for (Span span : some) {
                first = Math.min(first, span.startMs());
                last = Math.max(last, span.endMs());
            }
        }
        t0Ms = first == Long.MAX_VALUE ? last : first;
        unitUs = unit(last - t0Ms);
        Map<String, Integer> order = new HashMap<>();
        history.nodes().forEach(node -> order.put(node.nodeId(), order.size()));
        List<Place> places = new ArrayList<>(byWorker.keySet());
        places.sort(Comparator.comparing((Place place) -> order.getOrDefault(place.nodeId(), Integer.MAX_VALUE))
                .thenComparing(Place::nodeId).thenComparing(place -> byWorker.get(place).get(0).startMs())
                .thenComparing(Place::workerId).thenComparing(Place::jobId));
        for (Place place : places) {
            pack(place, byWorker.get(place), history.tasks());
        }
    }

    /** @param jobId of a driver, {@code ""} for all */
    public static LaneTimeline of(SessionHistory history, String jobId) {
        return new LaneTimeline(history, jobId);
    }

    private static long unit(long lengthMs) {
        for (long unit : UNITS_US) {
            if (lengthMs * 1_000 / unit < 0xffff_ffffL) {
                return unit;
            }
        }
        return 1_000_000_000L;
    }

    private Map<Place, List<Span>> collect(SessionHistory history, String jobId) {
        Map<Place, List<Span>> byWorker = new HashMap<>();
        Map<String, Integer> nameNumbers = new HashMap<>();
        TaskTable tasks = history.tasks();
        long end = history.recordEndNs() / 1_000_000;
        int latest = 0;
        for (int row = 0; row < tasks.size(); row++) {
            Task task = tasks.get(row);
            latest = row > 0 && tasks.get(latest).taskId().equals(task.taskId()) ? latest : row;
            if (tasks.isDriver(row) || !jobId.isEmpty() && !task.jobId().equals(jobId)) {
                continue;
            }
            boolean failed = task.state() == TaskState.FAILED;
            long stop = task.endTimeMs();
            long start = task.startTimeMs() != 0 ? task.startTimeMs() : failed ? stop : 0;
            if (start == 0) {
                continue;
            }
            int state = failed ? FAILED : stop == 0 ? UNFINISHED : FINISHED;
            state |= task.provenance() == Provenance.INFERRED ? INFERRED_BIT : 0;
            state |= failed && row != latest && tasks.state(latest) == TaskState.FINISHED ? RECOVERED_BIT : 0;
            int name = nameNumbers.computeIfAbsent(nameOf(task), text -> name(text));
            byWorker.computeIfAbsent(new Place(task.ranOnNodeId(), task.workerId(), task.jobId()), place -> new ArrayList<>())
                    .add(new Span(row, start, Math.max(start, stop == 0 ? end : stop), name, state));
        }
        byWorker.values().forEach(some -> some.sort(Comparator.comparingLong(Span::startMs).thenComparingLong(Span::endMs)
                .thenComparingInt(Span::row)));
        return byWorker;
    }

    private static String nameOf(Task task) {
        return task.name().isEmpty() ? task.callName() : task.name();
    }

    private int name(String text) {
        if (names.size() < MOST) {
            names.add(names.size() == MOST - 1 ? "other names" : text);
        }
        return names.size() - 1;
    }

    /** Each span goes to the first lane that is free when it starts; a worker's lanes free in no order, so all are looked at. */
    private void pack(Place place, List<Span> some, TaskTable tasks) {
        List<List<Span>> packed = new ArrayList<>();
        TreeMap<Long, List<Integer>> freeAt = new TreeMap<>();
        for (Span span : some) {
            Map.Entry<Long, List<Integer>> free = freeAt.firstEntry();
            int lane;
            if (free != null && free.getKey() <= span.startMs()) {
                lane = free.getValue().remove(free.getValue().size() - 1);
                if (free.getValue().isEmpty()) {
                    freeAt.remove(free.getKey());
                }
            } else {
                lane = packed.size();
                packed.add(new ArrayList<>());
            }
            packed.get(lane).add(span);
            freeAt.computeIfAbsent(span.endMs(), ms -> new ArrayList<>()).add(lane);
        }
        int pid = some.stream().mapToInt(span -> tasks.get(span.row()).workerPid()).filter(p -> p != 0).findFirst().orElse(0);
        for (int sub = 0; sub < packed.size(); sub++) {
            if (lanes.size() == MOST) {
                mergedLanes++; // drawn nowhere, but counted: nobody can look at so many
                continue;
            }
            lanes.add(new Lane(place.nodeId(), place.workerId(), place.jobId(), pid, sub, spans.size(), packed.get(sub).size()));
            spans.addAll(packed.get(sub));
        }
    }

    public int size() {
        return spans.size();
    }

    /** Where time begins, milliseconds since the epoch. */
    public long t0Ms() {
        return t0Ms;
    }

    /** Microseconds that one unit of {@link #start} and {@link #duration} means. */
    public long unitUs() {
        return unitUs;
    }

    public List<Lane> lanes() {
        return List.copyOf(lanes);
    }

    public List<String> names() {
        return List.copyOf(names);
    }

    /** Lanes that were too many to be told apart, and are left out. */
    public int lanesLeftOut() {
        return mergedLanes;
    }

    /** Units since the beginning; unsigned. */
    public long start(int span) {
        return (spans.get(span).startMs() - t0Ms) * 1_000 / unitUs;
    }

    /** Units; unsigned. */
    public long duration(int span) {
        return (spans.get(span).endMs() - t0Ms) * 1_000 / unitUs - start(span);
    }

    public int name(int span) {
        return spans.get(span).name();
    }

    /** One of the states, and the bits. */
    public int state(int span) {
        return spans.get(span).state();
    }

    /** The row of the task table. */
    public int row(int span) {
        return spans.get(span).row();
    }

    /** The span of a task table's row, or -1. */
    public int spanOf(int row) {
        for (int span = 0; span < spans.size(); span++) {
            if (spans.get(span).row() == row) {
                return span;
            }
        }
        return -1;
    }
}
