package io.rayhistory.domain.query;

import io.rayhistory.domain.history.Actor;
import io.rayhistory.domain.history.Job;
import io.rayhistory.domain.history.LogEvent;
import io.rayhistory.domain.history.Node;
import io.rayhistory.domain.history.PlacementGroup;
import io.rayhistory.domain.history.SessionHistory;
import io.rayhistory.domain.history.Task;
import io.rayhistory.domain.history.Worker;

import java.io.IOException;
import java.util.List;

/** stub */
public final class SessionQueries {
    public static final int SOURCE_LIMIT = 10_000;
    public SessionQueries(SessionHistory history) { }
    public Page<Task> tasks(ListQuery query) { throw new AssertionError(); }
    public Page<Actor> actors(ListQuery query) { throw new AssertionError(); }
    public Page<Node> nodes(ListQuery query) { throw new AssertionError(); }
    public Page<Job> jobs(ListQuery query) { throw new AssertionError(); }
    public Page<Worker> workers(ListQuery query) { throw new AssertionError(); }
    public Page<PlacementGroup> placementGroups(ListQuery query) { throw new AssertionError(); }
    public Page<LogEvent> clusterEvents(ListQuery query) { throw new AssertionError(); }
    /** Validates filters of the resource and answers an empty page with a warning: not recorded. */
    public Page<Object> objects(ListQuery query) { throw new AssertionError(); }
    public Page<Object> runtimeEnvs(ListQuery query) { throw new AssertionError(); }
    public TaskSummary taskSummary(List<Filter> filters) { throw new AssertionError(); }
    public Lineage lineage(List<Filter> filters) { throw new AssertionError(); }
    public ActorSummary actorSummary(List<Filter> filters) { throw new AssertionError(); }
    /** @param jobId job or submission id, "" for all */
    public void timeline(String jobId, boolean excludeDriver, TimelineSink sink) throws IOException { throw new AssertionError(); }
    /** Candidates in order; MISSING with Ray's message when the attempt is unknown or never ran. */
    public List<LogTarget> logsOfTask(String taskId, int attempt, String suffix) { throw new AssertionError(); }
    public List<LogTarget> logsOfActor(String actorId, String suffix) { throw new AssertionError(); }
    public List<LogTarget> logsOfWorkerPid(String nodeId, long pid, String suffix) { throw new AssertionError(); }
    public List<LogTarget> logsOfSubmission(String submissionId) { throw new AssertionError(); }
}
