package io.rayhistory.domain.query;

import io.rayhistory.domain.event.TaskState;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One node of a lineage tree while it is built: a task, an actor, or a group of siblings of one name. */
final class LineageNode {
    private static final TaskState[] STATES = TaskState.values();
    /** By state: what most nodes count, one attempt. */
    private static final List<Map<TaskState, Integer>> ONE = Stream.of(STATES).map(state -> Map.of(state, 1)).toList();
    private static final long UNKNOWN = Long.MAX_VALUE;

    private final String name;
    private final String key;
    private final String type;
    private final String linkType;
    private final String linkId;
    /** The only attempt, until there is another; then {@code null}, as before the first. */
    private TaskState only;
    /** By state; {@code null} while there is one attempt at most. */
    private int[] counts;
    private int running;
    private int pending;
    private int failed;
    private long timestampMs;
    /** Made with the first child, for most tasks have none. */
    private List<LineageNode> children = List.of();
    private Lineage.Branch frozen;

    /** @param timestampMs 0 when unknown */
    LineageNode(String name, String key, String type, long timestampMs, String linkType, String linkId) {
        this.name = name;
        this.key = key;
        this.type = type;
        this.timestampMs = timestampMs == 0 ? UNKNOWN : timestampMs;
        this.linkType = linkType;
        this.linkId = linkId;
    }

    /** Ray's order: what runs, what waits, what failed, what came first, constructors before other tasks. */
    private static int order(LineageNode a, LineageNode b) {
        if (a.running != b.running || a.pending != b.pending) {
            return a.running != b.running ? Integer.compare(b.running, a.running) : Integer.compare(b.pending, a.pending);
        }
        if (a.failed != b.failed || a.timestampMs != b.timestampMs) {
            return a.failed != b.failed ? Integer.compare(b.failed, a.failed) : Long.compare(a.timestampMs, b.timestampMs);
        }
        return Boolean.compare(b.isConstructor(), a.isConstructor());
    }

    private boolean isConstructor() {
        return type.equals("ACTOR_CREATION_TASK");
    }

    void add(LineageNode child) {
        if (children.isEmpty()) {
            children = new ArrayList<>();
        }
        children.add(child);
    }

    void count(TaskState state) {
        if (only == null && counts == null) {
            only = state;
            sum(state, 1);
        } else {
            count(state, 1);
        }
    }

    private void count(TaskState state, int more) {
        if (counts == null) {
            counts = new int[STATES.length];
            if (only != null) {
                counts[only.ordinal()] = 1;
                only = null;
            }
        }
        counts[state.ordinal()] += more;
        sum(state, more);
    }

    /** What siblings are ordered by, because ten thousand siblings are compared often. */
    private void sum(TaskState state, int more) {
        switch (state) {
            case RUNNING, RUNNING_IN_RAY_GET, RUNNING_IN_RAY_WAIT -> running += more;
            case PENDING_ARGS_AVAIL, PENDING_NODE_ASSIGNMENT, PENDING_OBJ_STORE_MEM_AVAIL, PENDING_ARGS_FETCH ->
                    pending += more;
            case FAILED -> failed += more;
            default -> { }
        }
    }

    /** Groups, sums, dates and sorts the whole tree below the given roots, children before parents. */
    static List<LineageNode> settle(List<LineageNode> roots, int maxDepth) {
        Deque<LineageNode> bottomUp = new ArrayDeque<>();
        List<LineageNode> level = roots;
        for (int depth = 1; !level.isEmpty(); depth++) {
            List<LineageNode> next = new ArrayList<>();
            for (LineageNode node : level) {
                bottomUp.push(node);
                if (depth == maxDepth) {
                    node.flatten();
                    node.children.forEach(bottomUp::push);
                } else {
                    next.addAll(node.children);
                }
            }
            level = depth == maxDepth ? List.of() : next;
        }
        for (LineageNode node : bottomUp) {
            node.children = grouped(node.children);
            node.children.forEach(node::absorb);
            node.freeze();
        }
        List<LineageNode> settled = grouped(roots);
        settled.forEach(LineageNode::freeze);
        return settled;
    }

    /** Makes all descendants direct children. */
    private void flatten() {
        List<LineageNode> all = new ArrayList<>(children);
        for (int i = 0; i < all.size(); i++) {
            all.addAll(all.get(i).children);
            all.get(i).children = List.of();
        }
        children = all;
    }

    private static List<LineageNode> grouped(List<LineageNode> siblings) {
        if (siblings.size() < 2) {
            return siblings;
        }
        Map<String, List<LineageNode>> byName = new LinkedHashMap<>();
        for (LineageNode node : siblings) {
            byName.computeIfAbsent(node.name, n -> new ArrayList<>()).add(node);
        }
        List<LineageNode> grouped = new ArrayList<>(byName.size());
        byName.forEach((name, same) -> {
            if (same.size() == 1) {
                grouped.add(same.get(0));
                return;
            }
            LineageNode group = new LineageNode(name, name, "GROUP", 0, "", "");
            same.sort(LineageNode::order);
            group.children = same;
            same.forEach(group::absorb);
            group.freeze();
            grouped.add(group);
        });
        grouped.sort(LineageNode::order);
        return grouped;
    }

    private void absorb(LineageNode child) {
        if (child.only != null) {
            count(child.only, 1);
        } else if (child.counts != null) {
            for (TaskState state : STATES) {
                if (child.counts[state.ordinal()] > 0) {
                    count(state, child.counts[state.ordinal()]);
                }
            }
        }
        timestampMs = Math.min(timestampMs, child.timestampMs);
    }

    private void freeze() {
        frozen = new Lineage.Branch(name, key, type, timestampMs == UNKNOWN ? null : timestampMs, stateCounts(),
                children.isEmpty() ? List.of() : children.stream().map(c -> c.frozen).toList(), linkType, linkId);
    }

    private Map<TaskState, Integer> stateCounts() {
        if (counts == null) {
            return only == null ? Map.of() : ONE.get(only.ordinal());
        }
        Map<TaskState, Integer> all = new EnumMap<>(TaskState.class);
        for (TaskState state : STATES) {
            if (counts[state.ordinal()] > 0) {
                all.put(state, counts[state.ordinal()]);
            }
        }
        return all;
    }

    Lineage.Branch frozen() {
        return frozen;
    }
}
