package io.rayhistory.domain.query;

import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.event.TaskLogInfo;
import io.rayhistory.domain.history.Actor;
import io.rayhistory.domain.history.ActorPlacement;
import io.rayhistory.domain.history.Job;
import io.rayhistory.domain.history.SessionHistory;
import io.rayhistory.domain.history.Task;
import io.rayhistory.domain.history.Worker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Where the output of something lies (Ray: {@code python/ray/dashboard/modules/log/log_manager.py}). Where a live
 * dashboard gives up because a node is gone or nothing was told, the record often knows more; messages are Ray's.
 */
final class LogTargets {
    private final SessionHistory history;

    LogTargets(SessionHistory history) {
        this.history = history;
    }

    List<LogTarget> ofTask(String taskId, int attempt, String suffix) {
        List<Task> attempts = history.attempts(taskId);
        if (attempts.isEmpty()) {
            throw HistoryException.missing("Could not find log file for task: " + taskId + " (attempt " + attempt
                    + ") with suffix: " + suffix);
        }
        Task task = attempts.stream().filter(t -> t.attempt() == attempt).findFirst().orElseThrow(() ->
                HistoryException.missing("Could not find log file for task attempt:" + taskId + "(" + attempt + ")"));
        if (task.logInfo().isPresent()) {
            return List.of(recordedRange(task, task.logInfo().get(), suffix));
        }
        return switch (task.type()) {
            case ACTOR_TASK -> ofActorTask(task, suffix);
            case ACTOR_CREATION_TASK -> ofCreation(task, suffix);
            case NORMAL_TASK, DRIVER_TASK -> List.of(wholeWorker(task, suffix, false));
        };
    }

    private static LogTarget recordedRange(Task task, TaskLogInfo log, String suffix) {
        boolean err = suffix.equals("err");
        String path = err ? log.stderrFile() : log.stdoutFile();
        if (path.isEmpty()) {
            throw HistoryException.missing("Missing log filename info in task attempt:" + task.taskId() + "("
                    + task.attempt() + ") for suffix: " + suffix);
        }
        long start = err ? log.stderrStart() : log.stdoutStart();
        long end = err ? log.stderrEnd() : log.stdoutEnd();
        int logs = path.lastIndexOf("/logs/");
        String name = logs < 0 ? path.substring(path.lastIndexOf('/') + 1) : path.substring(logs + "/logs/".length());
        return new LogTarget(task.ranOnNodeId(), name, false, suffix, start == TaskLogInfo.ABSENT ? 0 : start,
                end == TaskLogInfo.ABSENT ? Long.MAX_VALUE : end, false);
    }

    private List<LogTarget> ofActorTask(Task task, String suffix) {
        if (!task.workerId().isEmpty()) {
            return List.of(wholeWorker(task, suffix, true));
        }
        List<LogTarget> targets = placements(task.actorId(), suffix, true);
        if (targets.isEmpty()) {
            throw HistoryException.missing("For actor task, please query actor log for actor(" + task.actorId()
                    + "): e.g. ray logs actor --id " + task.actorId() + " . Or set "
                    + "RAY_ENABLE_RECORD_ACTOR_TASK_LOGGING=1 in actor's runtime env or when starting the cluster. "
                    + "Recording actor task's log could be expensive, so Ray turns it off by default.");
        }
        return targets;
    }

    private List<LogTarget> ofCreation(Task task, String suffix) {
        List<LogTarget> targets = placements(task.actorId(), suffix, true);
        return targets.isEmpty() ? List.of(wholeWorker(task, suffix, true)) : targets;
    }

    /** An attempt that died with its worker left no range: the whole file of that worker, if it ever had one. */
    private static LogTarget wholeWorker(Task task, String suffix, boolean interleaved) {
        if (task.workerId().isEmpty()) {
            throw HistoryException.missing("Could not find log file for task attempt." + task.taskId() + "("
                    + task.attempt() + ") due to missing node info.");
        }
        return worker(task.ranOnNodeId(), task.workerId(), suffix, interleaved);
    }

    private static LogTarget worker(String nodeId, String workerId, String suffix, boolean interleaved) {
        return new LogTarget(nodeId, "worker-" + workerId + "-", true, suffix, 0, Long.MAX_VALUE, interleaved);
    }

    private List<LogTarget> placements(String actorId, String suffix, boolean interleaved) {
        List<LogTarget> targets = new ArrayList<>();
        history.actor(actorId).ifPresent(actor -> {
            for (int i = actor.incarnations().size() - 1; i >= 0; i--) {
                ActorPlacement at = actor.incarnations().get(i);
                targets.add(worker(at.nodeId(), at.workerId(), suffix, interleaved));
            }
        });
        return targets;
    }

    List<LogTarget> ofActor(String actorId, String suffix) {
        Actor actor = history.actor(actorId)
                .orElseThrow(() -> HistoryException.missing("Actor ID " + actorId + " not found."));
        List<LogTarget> targets = placements(actor.actorId(), suffix, false);
        if (targets.isEmpty()) {
            throw HistoryException.missing("Worker ID for Actor ID " + actorId
                    + " not found. Actor is not scheduled yet.");
        }
        return targets;
    }

    /** A pid may be used again in a long session: the process that started last comes first. */
    List<LogTarget> ofWorkerPid(String nodeId, long pid, String suffix) {
        return history.workers().stream()
                .filter(w -> w.pid() == pid && w.nodeId().equals(nodeId))
                .sorted(Comparator.comparingLong(Worker::startTimeMs).reversed())
                .map(w -> worker(nodeId, w.workerId(), suffix, false)).toList();
    }

    List<LogTarget> ofSubmission(String submissionId) {
        String node = history.job(submissionId).map(Job::driverNodeId).orElse("");
        String name = "job-driver-" + submissionId + ".log";
        LogTarget anywhere = new LogTarget("", name, false, "", 0, Long.MAX_VALUE, false);
        return node.isEmpty() ? List.of(anywhere)
                : List.of(new LogTarget(node, name, false, "", 0, Long.MAX_VALUE, false), anywhere);
    }
}
