package io.rayhistory.domain.query;

import io.rayhistory.domain.event.TaskType;
import io.rayhistory.domain.history.Actor;
import io.rayhistory.domain.history.LatestRows;
import io.rayhistory.domain.history.SessionHistory;
import io.rayhistory.domain.history.Task;
import io.rayhistory.domain.id.TaskIds;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Builds the tree of who submitted whom (Ray: {@code python/ray/util/state/common.py}, TaskSummaries.to_summary_by_lineage).
 * A task whose parent is not among the tasks asked for hangs nowhere and vanishes with its subtree, as in Ray. Loops over
 * levels instead of recursing, so that a deep chain of nested tasks cannot exhaust a stack.
 */
final class LineageTree {
    /** Deeper tasks are shown as children of their ancestor at this depth: JSON readers limit nesting. */
    private static final int MAX_DEPTH = 200;

    private final SessionHistory history;
    private final Map<String, LineageNode> nodes = new HashMap<>();
    private final Map<String, Task> creations = new HashMap<>();
    private final List<LineageNode> roots = new ArrayList<>();
    private final TaskSummaries.TypeCounter types = new TaskSummaries.TypeCounter();

    LineageTree(SessionHistory history) {
        this.history = history;
    }

    Lineage of(List<Filter> filters) {
        LatestRows source = new TaskList(history).delivered(filters, true);
        int[] rows = source.rows();
        List<Task> latest = new ArrayList<>();
        List<LineageNode> made = new ArrayList<>();
        for (Task task : history.tasks().views(rows)) {
            int last = latest.size() - 1;
            if (last < 0 || !task.taskId().equals(latest.get(last).taskId())) { // attempts lie together, the latest first
                latest.add(task);
                made.add(make(task));
            }
            made.get(made.size() - 1).count(task.state());
            types.count(task.type());
        }
        for (int i = 0; i < latest.size(); i++) {
            place(latest.get(i), made.get(i));
        }
        List<LineageNode> grouped = LineageNode.settle(roots, MAX_DEPTH);
        return new Lineage(new Page<>(source.total(), rows.length, rows.length, List.of(), List.of()),
                grouped.stream().map(LineageNode::frozen).toList(), types.totals());
    }

    private LineageNode make(Task task) {
        if (task.type() == TaskType.ACTOR_CREATION_TASK) {
            creations.putIfAbsent(task.actorId(), task);
        }
        LineageNode node = new LineageNode(task.name().isEmpty() ? task.callName() : task.name(), task.taskId(),
                task.type().name(), task.creationTimeMs(), "task", task.taskId());
        nodes.put(task.taskId(), node);
        return node;
    }

    private void place(Task task, LineageNode node) {
        if (task.type() == TaskType.ACTOR_TASK || task.type() == TaskType.ACTOR_CREATION_TASK) {
            LineageNode actor = actorNode(task.actorId());
            if (actor != null) {
                actor.add(node);
            }
        } else {
            attach(node, task.parentTaskId());
        }
    }

    private void attach(LineageNode node, String parentTaskId) {
        if (parentTaskId.isEmpty() || TaskIds.isDriver(parentTaskId)) {
            roots.add(node);
        } else if (nodes.containsKey(parentTaskId)) {
            nodes.get(parentTaskId).add(node);
        }
    }

    /** {@code null} when the actor's creation is not among the tasks: then its tasks vanish. */
    private LineageNode actorNode(String actorId) {
        String key = "actor:" + actorId;
        LineageNode known = nodes.get(key);
        Task creation = creations.get(actorId);
        if (known != null || creation == null) {
            return known;
        }
        Actor actor = history.actor(actorId).orElse(null);
        String callName = creation.callName();
        String name = actor == null ? callName.substring(0, callName.indexOf('.') < 0 ? callName.length()
                : callName.indexOf('.')) : actor.reprName().isEmpty() ? actor.className() : actor.reprName();
        LineageNode made = new LineageNode(name, key, "ACTOR", 0, "actor", actorId);
        nodes.put(key, made);
        attach(made, creation.parentTaskId());
        return made;
    }
}
