package io.rayhistory.domain.history;

import io.rayhistory.domain.event.PlatformEvent;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** stub */
public final class SessionHistory {
    SessionHistory() { }
    public String sessionName() { throw new AssertionError(); }
    public long recordEndNs() { throw new AssertionError(); }
    public int taskCount() { throw new AssertionError(); }
    public Task task(int row) { throw new AssertionError(); }
    public List<Task> attempts(String taskId) { throw new AssertionError(); }
    public List<Actor> actors() { throw new AssertionError(); }
    public Optional<Actor> actor(String actorId) { throw new AssertionError(); }
    public List<Node> nodes() { throw new AssertionError(); }
    public Optional<Node> node(String nodeId) { throw new AssertionError(); }
    public List<Worker> workers() { throw new AssertionError(); }
    public List<Job> jobs() { throw new AssertionError(); }
    public Optional<Job> job(String jobOrSubmissionId) { throw new AssertionError(); }
    public List<PlacementGroup> placementGroups() { throw new AssertionError(); }
    public List<LogEvent> logEvents() { throw new AssertionError(); }
    public List<PlatformEvent> platformEvents() { throw new AssertionError(); }
    public Map<String, Long> hiddenAttempts() { throw new AssertionError(); }
    public long weightBytes() { throw new AssertionError(); }
}
