package io.rayhistory.domain.query;

import io.rayhistory.domain.event.TaskState;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One node of a lineage tree while it is built: a task, an actor, or a group of siblings of one name. */
final class LineageNode {
    /** Ray's order: what runs, what waits, what failed, what came first, constructors before other tasks. */
    private static final Comparator<LineageNode> ORDER = Comparator
            .<LineageNode>comparingInt(n -> -n.running).thenComparingInt(n -> -n.pending)
            .thenComparingInt(n -> -n.failed).thenComparingLong(n -> n.timestampMs)
            .thenComparingInt(n -> n.type.equals("ACTOR_CREATION_TASK") ? 0 : 1);

    private static final long UNKNOWN = Long.MAX_VALUE;

    private final String name;
    private final String key;
    private final String type;
    private final String linkType;
    private final String linkId;
    private final Map<TaskState, Integer> stateCounts = new EnumMap<>(TaskState.class);
    private int running;
    private int pending;
    private int failed;
    private long timestampMs;
    List<LineageNode> children = new ArrayList<>();
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

    void count(TaskState state) {
        count(state, 1);
    }

    /** What siblings are ordered by is summed here, because ten thousand siblings are compared often. */
    private void count(TaskState state, int more) {
        stateCounts.merge(state, more, Integer::sum);
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
            all.get(i).children = new ArrayList<>();
        }
        children = all;
    }

    private static List<LineageNode> grouped(List<LineageNode> siblings) {
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
            same.sort(ORDER);
            group.children = same;
            same.forEach(group::absorb);
            group.freeze();
            grouped.add(group);
        });
        grouped.sort(ORDER);
        return grouped;
    }

    private void absorb(LineageNode child) {
        child.stateCounts.forEach(this::count);
        timestampMs = Math.min(timestampMs, child.timestampMs);
    }

    private void freeze() {
        frozen = new Lineage.Branch(name, key, type, timestampMs == UNKNOWN ? null : timestampMs, stateCounts,
                children.stream().map(c -> c.frozen).toList(), linkType, linkId);
    }

    Lineage.Branch frozen() {
        return frozen;
    }
}
