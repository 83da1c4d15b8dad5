package io.rayhistory.adapters.http.api;

import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.read.StoredSession;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.history.Task;
import io.rayhistory.domain.event.TaskType;
import io.rayhistory.domain.id.IdKind;
import io.rayhistory.domain.query.LogTarget;
import io.rayhistory.domain.query.SessionQueries;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the stored file a request means, in Ray's order: actor, task, submission, pid, file name (Ray: {@code
 * python/ray/dashboard/modules/log/log_manager.py}). What cannot be found is MISSING, in Ray's words.
 */
final class LogFinder {
    private static final Pattern WORKER_FILE = Pattern.compile("worker-[0-9a-f]+-[0-9a-f]+-([0-9]+)\\.(out|err)");

    private final StoredSession session;
    private final SessionQueries queries;
    private final LogTargets targets;
    private final LogNodes nodes;

    LogFinder(StoredSession session) {
        this.session = session;
        this.queries = new SessionQueries(session.history());
        this.targets = new LogTargets(session.logs());
        this.nodes = new LogNodes(session);
    }

    StoredLog find(LogRequest request) {
        if (!request.actorId().isEmpty()) {
            String actorId = IdKind.ACTOR.normalize(request.actorId());
            return stored(queries.logsOfActor(actorId, request.suffix()), request.notFound());
        }
        if (!request.taskId().isEmpty()) {
            String taskId = IdKind.TASK.normalize(request.taskId());
            List<LogTarget> candidates = queries.logsOfTask(taskId, request.attempt(), request.suffix());
            return targets.first(candidates).orElseThrow(() -> HistoryException.missing(noTaskLog(taskId, request)));
        }
        if (!request.submissionId().isEmpty()) {
            return ofSubmission(request);
        }
        return request.pid() == LogRequest.NO_PID ? ofName(request) : ofPid(request);
    }

    private StoredLog stored(List<LogTarget> candidates, String otherwise) {
        return targets.first(candidates).orElseThrow(() -> HistoryException.missing(otherwise));
    }

    private StoredLog ofSubmission(LogRequest request) {
        List<LogTarget> candidates = new ArrayList<>();
        try {
            candidates.addAll(queries.logsOfSubmission(request.submissionId()));
        } catch (HistoryException e) {
            unlessMissing(e); // no event names it, but its file may be there
        }
        String file = "job-driver-" + request.submissionId() + ".log";
        candidates.add(new LogTarget("", file, false, "", 0, Long.MAX_VALUE, false));
        return stored(candidates, request.notFound());
    }

    private StoredLog ofPid(LogRequest request) {
        String node = nodeOf(request);
        List<LogTarget> candidates = new ArrayList<>();
        try {
            candidates.addAll(queries.logsOfWorkerPid(node, request.pid(), request.suffix()));
        } catch (HistoryException e) {
            unlessMissing(e); // no event names this process, but its file may be there
        }
        for (String name : session.logs().startingWith(node, "worker-")) {
            Matcher file = WORKER_FILE.matcher(name);
            if (file.matches() && file.group(2).equals(request.suffix())
                    && file.group(1).equals(Long.toString(request.pid()))) {
                candidates.add(new LogTarget(node, name, false, request.suffix(), 0, Long.MAX_VALUE, false));
            }
        }
        return stored(candidates, request.notFound());
    }

    private StoredLog ofName(LogRequest request) {
        String node = nodeOf(request);
        String name = LogNames.normalize(request.filename(), session.entry().key().session());
        Optional<ObjectInfo> file = session.logs().find(node, name);
        return StoredLog.whole(file.orElseThrow(() ->
                HistoryException.missing("A file is not found at: " + request.filename())));
    }

    private String nodeOf(LogRequest request) {
        if (request.nodeId().isEmpty()) {
            return nodes.byIp(request.nodeIp());
        }
        return nodes.known(request.nodeId()).orElseThrow(() -> HistoryException.missing(
                "Agent for node id: " + request.nodeId() + " doesn't exist."));
    }

    private static void unlessMissing(HistoryException e) {
        if (e.kind() != HistoryException.Kind.MISSING) {
            throw e;
        }
    }

    /** Why an attempt that is known has no log here. */
    private String noTaskLog(String taskId, LogRequest request) {
        for (Task task : session.history().attempts(taskId)) {
            if (task.attempt() != request.attempt() || task.logInfo().isPresent()) {
                continue;
            }
            if (task.type() == TaskType.ACTOR_TASK) {
                return "For actor task, please query actor log for actor(" + task.actorId() + "): e.g. ray logs actor --id "
                        + task.actorId() + " . Or set RAY_ENABLE_RECORD_ACTOR_TASK_LOGGING=1 in actor's runtime env or when"
                        + " starting the cluster. Recording actor task's log could be expensive, so Ray turns it off by"
                        + " default.";
            }
            return "Could not find log file for task attempt:" + taskId + "(" + request.attempt() + ").Worker id = "
                    + orNone(task.workerId()) + ", node id = " + orNone(task.nodeId()) + ",log_info = None";
        }
        return request.notFound();
    }

    private static String orNone(String id) {
        return id.isEmpty() ? "None" : id;
    }
}
