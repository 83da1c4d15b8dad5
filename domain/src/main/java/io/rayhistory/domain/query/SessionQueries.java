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

/**
 * Every question of Ray's state API, put to one session. Filters that name an unknown column or hold a value of the
 * wrong type are INVALID, in Ray's words. Immutable and thread-safe; answers are views, not copies.
 */
public final class SessionQueries {
    /** As many rows as Ray's source delivers of one resource (Ray: RAY_MAX_LIMIT_FROM_DATA_SOURCE). */
    public static final int SOURCE_LIMIT = 10_000;

    private final SessionHistory history;

    public SessionQueries(SessionHistory history) {
        this.history = history;
    }

    /** By task id, the latest attempt of a task first. */
    public Page<Task> tasks(ListQuery query) {
        return new TaskList(history).page(query);
    }

    /** By actor id. */
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
        return PlacementGroupList.page(history.placementGroups(), query.filters(), query.limit(),
                history.recordEndNs());
    }

    /** Lines of log-event files, by time. */
    public Page<LogEvent> clusterEvents(ListQuery query) {
        return ClusterEventList.page(history.logEvents(), query.filters(), query.limit());
    }

    /** Always empty, with a warning: nothing stored tells of objects. The filters are checked all the same. */
    public Page<Object> objects(ListQuery query) {
        return UnrecordedLists.objects(query.filters());
    }

    /** Always empty, with a warning: nothing stored tells of runtime environments. */
    public Page<Object> runtimeEnvs(ListQuery query) {
        return UnrecordedLists.runtimeEnvs(query.filters());
    }

    public ActorSummary actorSummary(List<Filter> filters) {
        return ActorList.summary(history.actors(), filters, history.recordEndNs(), history::job);
    }

    public TaskSummary taskSummary(List<Filter> filters) {
        return new TaskSummaries(history).byName(filters);
    }

    public Lineage lineage(List<Filter> filters) {
        return new LineageTree(history).of(filters);
    }

    /**
     * Hands over every span of the attempts that ran, in list order.
     *
     * @param jobId a job or submission id, {@code ""} for all jobs
     */
    public void timeline(String jobId, boolean excludeDriver, TimelineSink sink) throws IOException {
        new Timeline(history).write(jobId, excludeDriver, sink);
    }

    /**
     * Where an attempt's output may be found, in order of preference.
     *
     * @param suffix {@code out} or {@code err}
     * @throws io.rayhistory.domain.HistoryException MISSING, in Ray's words, when the attempt is unknown or never ran
     */
    public List<LogTarget> logsOfTask(String taskId, int attempt, String suffix) {
        return new LogTargets(history).ofTask(taskId, attempt, suffix);
    }

    /** Files of an actor's incarnations, newest first; MISSING, in Ray's words, when unknown or never placed. */
    public List<LogTarget> logsOfActor(String actorId, String suffix) {
        return new LogTargets(history).ofActor(actorId, suffix);
    }

    /** Files of the workers that had a pid on a node, newest first; empty when no worker is known by it. */
    public List<LogTarget> logsOfWorkerPid(String nodeId, long pid, String suffix) {
        return new LogTargets(history).ofWorkerPid(nodeId, pid, suffix);
    }

    /** The driver log of a submitted job. */
    public List<LogTarget> logsOfSubmission(String submissionId) {
        return new LogTargets(history).ofSubmission(submissionId);
    }
}
