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
    private final SessionHistory history;
    public SessionQueries(SessionHistory history) { this.history = history; }
    public Page<Task> tasks(ListQuery query) { throw new AssertionError(); }
    public Page<Actor> actors(ListQuery query) {
        return ActorList.page(history.actors(), query.filters(), query.limit(), history.recordEndNs(), history::job);
    }
    public Page<Node> nodes(ListQuery query) {
        return NodeList.page(history.nodes(), query.filters(), query.limit(), history.recordEndNs());
    }
    public Page<Job> jobs(ListQuery query) {
        return JobList.page(history.jobs(), query.filters(), query.limit(), history.recordEndNs());
    }
    public Page<Worker> workers(ListQuery query) {
        return WorkerList.page(history.workers(), query.filters(), query.limit(), history.recordEndNs());
    }
    public Page<PlacementGroup> placementGroups(ListQuery query) {
        return PlacementGroupList.page(history.placementGroups(), query.filters(), query.limit(), history.recordEndNs());
    }
    public Page<LogEvent> clusterEvents(ListQuery query) {
        return ClusterEventList.page(history.logEvents(), query.filters(), query.limit());
    }
    /** Validates filters of the resource and answers an empty page with a warning: not recorded. */
    public Page<Object> objects(ListQuery query) {
        return UnrecordedLists.objects(query.filters());
    }
    public Page<Object> runtimeEnvs(ListQuery query) {
        return UnrecordedLists.runtimeEnvs(query.filters());
    }
    public TaskSummary taskSummary(List<Filter> filters) { throw new AssertionError(); }
    public Lineage lineage(List<Filter> filters) { throw new AssertionError(); }
    public ActorSummary actorSummary(List<Filter> filters) {
        return ActorList.summary(history.actors(), filters, history.recordEndNs(), history::job);
    }
    /** @param jobId job or submission id, "" for all */
    public void timeline(String jobId, boolean excludeDriver, TimelineSink sink) throws IOException { throw new AssertionError(); }
    /** Candidates in order; MISSING with Ray's message when the attempt is unknown or never ran. */
    public List<LogTarget> logsOfTask(String taskId, int attempt, String suffix) { throw new AssertionError(); }
    public List<LogTarget> logsOfActor(String actorId, String suffix) { throw new AssertionError(); }
    public List<LogTarget> logsOfWorkerPid(String nodeId, long pid, String suffix) { throw new AssertionError(); }
    public List<LogTarget> logsOfSubmission(String submissionId) { throw new AssertionError(); }
}
