package io.rayhistory.domain.query;

import io.rayhistory.domain.event.TaskState;
import io.rayhistory.domain.event.TaskTransition;
import io.rayhistory.domain.history.Node;
import io.rayhistory.domain.history.SessionHistory;
import io.rayhistory.domain.history.Task;
import io.rayhistory.domain.history.TaskProfile;
import io.rayhistory.domain.history.TaskSpan;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Spans in the order and with the numbers that Ray's timeline gives them
 * (Ray: {@code python/ray/_private/profiling.py}, chrome_tracing_dump): nodes and workers are numbered in the order of
 * first sight, workers over all nodes.
 */
final class Timeline {
    private final SessionHistory history;
    private final Map<String, Integer> pids = new LinkedHashMap<>();
    private final Map<Thread, Integer> tids = new LinkedHashMap<>();

    private record Thread(String nodeIp, String name) {
    }

    Timeline(SessionHistory history) {
        this.history = history;
    }

    void write(String jobId, boolean excludeDriver, TimelineSink sink) throws IOException {
        List<Filter> filters = jobId.isEmpty() ? List.of() : List.of(new Filter("job_id", true, jobId));
        for (int row : new TaskList(history).rows(filters, excludeDriver)) {
            Task task = history.tasks().get(row);
            TaskProfile profile = history.tasks().hasSpans() ? task.profile().orElse(null) : runOf(task);
            if (profile != null && isProcess(profile.componentType())) {
                write(task, profile, sink);
            }
        }
        for (Map.Entry<String, Integer> node : pids.entrySet()) {
            sink.process(node.getValue(), "Node " + node.getKey());
        }
        for (Map.Entry<Thread, Integer> thread : tids.entrySet()) {
            sink.thread(pids.get(thread.getKey().nodeIp()), thread.getValue(), thread.getKey().name());
        }
    }

    private static boolean isProcess(String componentType) {
        return componentType.equals("worker") || componentType.equals("driver");
    }

    /** Where no spans were recorded, an attempt's run is better than an empty timeline; {@code null} if it never ended. */
    private TaskProfile runOf(Task task) {
        long start = 0;
        long end = 0;
        for (TaskTransition transition : task.transitions()) {
            start = transition.state() == TaskState.RUNNING ? transition.timeNs() : start;
            end = transition.state().isTerminal() ? transition.timeNs() : end;
        }
        String ip = history.node(task.ranOnNodeId()).map(Node::ipAddress).orElse("");
        return start == 0 || end == 0 ? null
                : new TaskProfile("worker", task.workerId(), ip, List.of(new TaskSpan("task", start, end, "{}")));
    }

    private void write(Task task, TaskProfile profile, TimelineSink sink) throws IOException {
        int pid = number(pids, profile.nodeIpAddress());
        int tid = number(tids, new Thread(profile.nodeIpAddress(),
                profile.componentType() + ":" + profile.componentId()));
        for (TaskSpan span : profile.spans()) {
            sink.span(task, span, pid, tid);
        }
    }

    private static <K> int number(Map<K, Integer> numbers, K key) {
        Integer known = numbers.putIfAbsent(key, numbers.size());
        return known == null ? numbers.size() - 1 : known;
    }
}
