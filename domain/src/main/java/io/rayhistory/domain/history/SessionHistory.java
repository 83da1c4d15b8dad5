package io.rayhistory.domain.history;

import io.rayhistory.domain.event.PlatformEvent;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of one session after its replay. Only a {@link Replay} makes one. Immutable and thread-safe; task
 * attempts are columns, everything else is a list of rows.
 */
public final class SessionHistory {
    private final String sessionName;
    private final long recordEndNs;
    private final TaskTable tasks;
    private final Entities entities;
    private final Map<String, Actor> actorsById = new HashMap<>();
    private final Map<String, Node> nodesById = new HashMap<>();
    private final Map<String, Job> jobsById = new HashMap<>();
    private final Map<String, Long> hiddenAttempts;

    /** All rows but the task attempts, each list in its answer's order. */
    record Entities(List<Actor> actors, List<Node> nodes, List<Worker> workers, List<Job> jobs,
                    List<PlacementGroup> placementGroups, List<LogEvent> logEvents,
                    List<PlatformEvent> platformEvents) {
    }

    SessionHistory(String sessionName, long recordEndNs, TaskTable tasks, Entities entities,
                   Map<String, Long> hiddenAttempts) {
        this.sessionName = sessionName;
        this.recordEndNs = recordEndNs;
        this.tasks = tasks;
        this.entities = entities;
        this.hiddenAttempts = Map.copyOf(hiddenAttempts);
        entities.actors().forEach(a -> actorsById.put(a.actorId(), a));
        entities.nodes().forEach(n -> nodesById.put(n.nodeId(), n));
        // A driver that belongs to a submission is asked for by either id.
        for (Job job : entities.jobs()) {
            jobsById.put(job.submissionId().isEmpty() ? job.jobId() : job.submissionId(), job);
            if (!job.jobId().isEmpty()) {
                jobsById.putIfAbsent(job.jobId(), job);
            }
        }
    }

    public String sessionName() {
        return sessionName;
    }

    /** The latest time that anything in the record tells, in nanoseconds; 0 for an empty record. */
    public long recordEndNs() {
        return recordEndNs;
    }

    public TaskTable tasks() {
        return tasks;
    }

    /** All attempts of a task, latest first; empty when it is unknown. */
    public List<Task> attempts(String taskId) {
        List<Task> attempts = new ArrayList<>();
        int row = tasks.firstRowOf(taskId);
        while (row >= 0 && row < tasks.size() && tasks.taskId(row).equals(taskId)) {
            attempts.add(tasks.get(row++));
        }
        return attempts;
    }

    /** By actor id. */
    public List<Actor> actors() {
        return entities.actors();
    }

    public Optional<Actor> actor(String actorId) {
        return Optional.ofNullable(actorsById.get(actorId));
    }

    /** Head first, then by start. */
    public List<Node> nodes() {
        return entities.nodes();
    }

    public Optional<Node> node(String nodeId) {
        return Optional.ofNullable(nodesById.get(nodeId));
    }

    public List<Worker> workers() {
        return entities.workers();
    }

    /** Submitted jobs first, then drivers that belong to none. */
    public List<Job> jobs() {
        return entities.jobs();
    }

    public Optional<Job> job(String jobOrSubmissionId) {
        return Optional.ofNullable(jobsById.get(jobOrSubmissionId));
    }

    public List<PlacementGroup> placementGroups() {
        return entities.placementGroups();
    }

    /** By time. */
    public List<LogEvent> logEvents() {
        return entities.logEvents();
    }

    /** Newest first. */
    public List<PlatformEvent> platformEvents() {
        return entities.platformEvents();
    }

    /** Attempts that were recorded but are no rows, by reason ({@code thread}, {@code restarted_creation}). */
    public Map<String, Long> hiddenAttempts() {
        return hiddenAttempts;
    }

    /** Estimated heap in bytes, for caches. */
    public long weightBytes() {
        long weight = tasks.weightBytes() + 4096;
        weight += 900L * entities.actors().size() + 600L * entities.nodes().size() + 350L * entities.workers().size();
        weight += 2500L * entities.jobs().size() + 900L * entities.placementGroups().size();
        for (LogEvent event : entities.logEvents()) {
            weight += 500L + event.json().length() + event.message().length();
        }
        return weight + 1000L * entities.platformEvents().size();
    }
}
