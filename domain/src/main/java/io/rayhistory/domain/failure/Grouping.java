package io.rayhistory.domain.failure;

import io.rayhistory.domain.event.TaskState;
import io.rayhistory.domain.failure.FailureGroup.Kind;
import io.rayhistory.domain.history.Actor;
import io.rayhistory.domain.history.Job;
import io.rayhistory.domain.history.SessionHistory;
import io.rayhistory.domain.history.Task;
import io.rayhistory.domain.history.TaskTable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Brings every failed attempt to its cause, in one pass. For one history, one thread. */
final class Grouping {
    /** More groups than these are no answer; the rest is merged by class. */
    static final int MOST = 200;
    private static final int KEPT_APART = 150;
    /** Marks of an attempt that ended because its driver was done: no failure (Ray: {@code gcs_task_manager.cc}). */
    private static final String DRIVER_DONE = "Job finishes (";

    private final SessionHistory history;
    private final Incidents incidents;
    private final Map<String, GroupBuilder> groups = new LinkedHashMap<>();
    private final Map<Integer, GroupBuilder> byRow = new HashMap<>();
    private int merged;

    Grouping(SessionHistory history) {
        this.history = history;
        this.incidents = new Incidents(history);
        TaskTable tasks = history.tasks();
        int latest = 0;
        for (int row = 0; row < tasks.size(); row++) {
            if (row > 0 && !sameTask(tasks, row)) {
                latest = row;
            }
            if (tasks.state(row) == TaskState.FAILED) {
                failed(row, tasks.get(row), tasks.state(latest) == TaskState.FINISHED);
            }
        }
        incidents.constructed().forEach(this::constructed);
    }

    private static boolean sameTask(TaskTable tasks, int row) {
        return tasks.get(row).taskId().equals(tasks.get(row - 1).taskId());
    }

    private void failed(int row, Task task, boolean finishedLater) {
        String message = task.errorMessage();
        if (message.startsWith(DRIVER_DONE)) {
            return;
        }
        GroupBuilder group = incidents.causeOf(task, message);
        group = group != null ? group : byItself(task, message);
        group.attempt(row, task, finishedLater);
        byRow.put(row, group);
    }

    private GroupBuilder byItself(Task task, String message) {
        Optional<RootCause> cause = RootCause.of(Traceback.parse(message));
        if (cause.isPresent()) {
            RootCause root = cause.get();
            String normal = NormalText.of(root.message());
            String identity = root.exceptionClass() + "\n" + normal + "\n" + root.function() + "\n" + root.file();
            return groups.computeIfAbsent("x" + identity, id -> new GroupBuilder(Kind.EXCEPTION, identity))
                    .exception(root, normal);
        }
        String function = task.callName().isEmpty() ? task.name() : task.callName();
        String how = !task.actorId().isEmpty() && task.errorType().equals("ACTOR_DIED") ? actorEnd(task.actorId())
                : incidents.exitTypeOf(task.workerId());
        String identity = task.errorType() + "\n" + how + "\n" + function;
        return groups.computeIfAbsent("e" + identity, id -> new GroupBuilder(Kind.ERROR, identity)
                .title(ErrorWords.sentence(task.errorType(), function)));
    }

    private String actorEnd(String actorId) {
        return history.actor(actorId).flatMap(ActorDeath::of)
                .map(death -> death.reason().isEmpty() ? death.kind() : death.reason()).orElse("");
    }

    /** The constructor's own attempts carry the actor's id behind sixteen f. */
    private void constructed(Actor actor) {
        int row = history.tasks().firstRowOf("f".repeat(16) + actor.actorId());
        GroupBuilder group = row < 0 ? null : byRow.get(row);
        if (group == null) {
            incidents.unexplained(actor);
        } else {
            group.actor(actor.actorId());
        }
    }

    /** In the order in which they are shown. */
    List<FailureGroup> ordered() {
        Set<String> failedJobs = history.jobs().stream().filter(job -> job.status().equals("FAILED"))
                .map(Job::jobId).filter(id -> !id.isEmpty()).collect(Collectors.toSet());
        List<GroupBuilder> all = new ArrayList<>(incidents.all());
        all.addAll(groups.values());
        Map<GroupBuilder, FailureGroup> built = new HashMap<>();
        all.forEach(each -> built.put(each, each.build(failedJobs)));
        all.sort(Comparator.comparing(built::get, ORDER));
        if (all.size() > MOST) {
            all = capped(all, built);
            all.forEach(each -> built.put(each, each.build(failedJobs)));
            all.sort(Comparator.comparing(built::get, ORDER));
        }
        return all.stream().map(built::get).toList();
    }

    private static final Comparator<FailureGroup> ORDER = Comparator.comparing(FailureGroup::section)
            .thenComparing(group -> !group.failedJob())
            .thenComparingLong(group -> group.firstMs() == 0 ? Long.MAX_VALUE : group.firstMs())
            .thenComparing(Comparator.comparingInt(FailureGroup::count).reversed())
            .thenComparing(FailureGroup::key);

    private List<GroupBuilder> capped(List<GroupBuilder> all, Map<GroupBuilder, FailureGroup> built) {
        List<GroupBuilder> kept = new ArrayList<>(all.subList(0, KEPT_APART));
        Map<String, GroupBuilder> byClass = new LinkedHashMap<>();
        Map<GroupBuilder, GroupBuilder> into = new HashMap<>();
        for (GroupBuilder group : all.subList(KEPT_APART, all.size())) {
            FailureGroup told = built.get(group);
            String name = nameOf(told);
            boolean room = byClass.containsKey(name) || byClass.size() < MOST - KEPT_APART - 1;
            GroupBuilder rest = byClass.computeIfAbsent(room ? name : "", id -> new GroupBuilder(
                    told.kind(), "more\n" + id).title(id.isEmpty() ? "More failures of other kinds" : "More of " + id));
            rest.merge(group);
            into.put(group, rest);
            merged++;
        }
        byRow.replaceAll((row, group) -> into.getOrDefault(group, group));
        kept.addAll(byClass.values());
        return kept;
    }

    private static String nameOf(FailureGroup group) {
        if (!group.origin().exceptionClass().isEmpty()) {
            return group.origin().exceptionClass();
        }
        return group.kind() == Kind.ERROR ? String.join(" ", group.victims().errorTypes().keySet())
                : group.kind().name().toLowerCase(Locale.ROOT) + " incidents";
    }

    /** How many groups were merged into others. */
    int merged() {
        return merged;
    }

    /** Task table rows of all failures, to the keys of their groups. */
    Map<Integer, String> keys() {
        Map<Integer, String> keys = new HashMap<>();
        Map<GroupBuilder, String> known = new HashMap<>();
        byRow.forEach((row, group) -> keys.put(row, known.computeIfAbsent(group, GroupBuilder::key)));
        return keys;
    }
}
