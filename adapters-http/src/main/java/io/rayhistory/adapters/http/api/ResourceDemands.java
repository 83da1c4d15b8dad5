package io.rayhistory.adapters.http.api;

import io.rayhistory.domain.event.ActorState;
import io.rayhistory.domain.event.TaskState;
import io.rayhistory.domain.event.TaskType;
import io.rayhistory.domain.history.Actor;
import io.rayhistory.domain.history.SessionHistory;
import io.rayhistory.domain.history.Task;
import io.rayhistory.domain.history.TaskTable;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What still waited for resources when the record ends: tasks without a node, and actors without a process. An actor's
 * creation task waits for the same resources as the actor and does not count again.
 */
final class ResourceDemands {

    private ResourceDemands() {
    }

    /** Resources to how many wait for them, ordered by their text. */
    static Map<Map<String, Double>, Integer> of(SessionHistory history) {
        Map<Map<String, Double>, Integer> demands =
                new TreeMap<>((a, b) -> python(a).compareTo(python(b)));
        TaskTable tasks = history.tasks();
        for (int row = 0; row < tasks.size(); row++) {
            TaskState state = tasks.state(row);
            if (state == TaskState.PENDING_ARGS_AVAIL || state == TaskState.PENDING_NODE_ASSIGNMENT) {
                Task task = tasks.get(row);
                if (task.type() == TaskType.NORMAL_TASK) {
                    add(demands, task.requiredResources());
                }
            }
        }
        for (Actor actor : history.actors()) {
            if (actor.state() == ActorState.PENDING_CREATION || actor.state() == ActorState.RESTARTING) {
                add(demands, actor.requiredResources());
            }
        }
        return demands;
    }

    private static void add(Map<Map<String, Double>, Integer> demands, Map<String, Double> resources) {
        if (!resources.isEmpty()) {
            demands.merge(resources, 1, Integer::sum);
        }
    }

    /** As Python prints the dictionary, keys in order: {@code {'CPU': 1.0, 'GPU': 8.0}}. */
    static String python(Map<String, Double> resources) {
        return new TreeMap<>(resources).entrySet().stream()
                .map(r -> "'" + r.getKey() + "': " + ResourceUsage.plain(r.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
