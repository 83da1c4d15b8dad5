package io.rayhistory.domain.history;

import io.rayhistory.domain.event.TaskError;
import io.rayhistory.domain.event.TaskLogInfo;
import io.rayhistory.domain.event.TaskState;
import io.rayhistory.domain.event.TaskType;
import io.rayhistory.domain.id.TaskIds;

import java.util.Optional;

/**
 * Decides what is shown of an attempt once all facts are in: whether it is a row at all, what its executor alone tells
 * where the owner was silent, and what a living cluster would have concluded from the deaths of others. Never written
 * back: closing is computed anew with every replay.
 */
final class AttemptResolution {
    /** Why an attempt is no row. */
    enum Hidden {
        /** A random id that Ray made for a thread; it only carries spans. */
        THREAD,
        /** The constructor of a restarted actor ran again; the actor's own transitions tell that story. */
        RESTARTED_CREATION
    }

    private static final int OWNER_STATES = bits(TaskState.PENDING_ARGS_AVAIL, TaskState.PENDING_NODE_ASSIGNMENT,
            TaskState.SUBMITTED_TO_WORKER, TaskState.FINISHED, TaskState.FAILED);
    private static final TaskState[] STATES = TaskState.values();
    private static final String TASK_SPAN = "task::";

    private final TaskFacts facts;
    private final ClusterEnds ends;
    private final AttemptFold parentFold;

    AttemptResolution(TaskFacts facts, ClusterEnds ends) {
        this.facts = facts;
        this.ends = ends;
        this.parentFold = new AttemptFold(facts);
    }

    private static int bits(TaskState... states) {
        int mask = 0;
        for (TaskState state : states) {
            mask |= 1 << state.ordinal();
        }
        return mask;
    }

    /** Fills the row; answers why the attempt is hidden, or {@code null} if it is shown. */
    Hidden resolve(AttemptFold fold, AttemptRow row) {
        row.taskId = facts.index().taskId(fold.slot());
        row.attempt = facts.index().attempt(fold.slot());
        boolean ownerSpoke = fold.defined() || (fold.stateMask() & OWNER_STATES) != 0;
        if (!ownerSpoke) {
            Hidden hidden = hidden(fold, row);
            if (hidden != null) {
                return hidden;
            }
        }
        row.unique = facts.index().unique(fold.slot());
        row.tail = facts.index().tails().get(facts.index().tailNumber(fold.slot()));
        row.stateMask = fold.stateMask();
        for (TaskState state : STATES) {
            row.stateNs[state.ordinal()] = fold.stateNs(state);
        }
        row.state = fold.state();
        row.error = fold.error();
        row.logInfo = fold.logInfo();
        row.component = fold.component();
        row.spans = fold.spans();
        row.provenance = Provenance.RECORDED;
        row.inferredFrom = "";
        String nodeId = fold.nodeId();
        String workerId = fold.workerId();
        if (fold.defined()) {
            row.shape = named(fold);
            row.parentTaskId = parent(fold, row);
        } else {
            row.shape = undefinedShape(row);
            row.parentTaskId = TaskIds.driverOf(TaskIds.jobOf(row.taskId));
            nodeId = nodeId.isEmpty() ? executorNode(fold) : nodeId;
            workerId = workerId.isEmpty() ? executorWorker(row) : workerId;
            row.inferredFrom = "executor events";
        }
        String ranOn = !fold.ranOnNodeId().isEmpty() ? fold.ranOnNodeId() : executorNode(fold);
        TaskLogInfo log = row.logInfo;
        row.executor = new TaskExecutor(nodeId, workerId, fold.workerPid(), fold.actorReprName(),
                fold.debuggerPaused(), log == null ? "" : log.stdoutFile(), log == null ? "" : log.stderrFile(), ranOn);
        if (!row.state.isTerminal()) {
            close(row, ownerSpoke);
        }
        return null;
    }

    private Hidden hidden(AttemptFold fold, AttemptRow row) {
        String id = row.taskId;
        if (TaskIds.isActorCreation(id)) {
            return row.attempt > 0 || fold.stateMask() == 0 ? Hidden.RESTARTED_CREATION : null;
        }
        if (TaskIds.isNormal(id) || TaskIds.isDriver(id)) {
            return null;
        }
        return fold.stateMask() != 0 && ends.actorExists(TaskIds.actorOf(id)) ? null : Hidden.THREAD;
    }

    /** An actor with its own repr lends it to its methods' names (Ray: gcs_task_manager, actor_repr_name). */
    private static TaskShape named(AttemptFold fold) {
        TaskShape shape = fold.shape();
        String repr = fold.actorReprName();
        if (repr.isEmpty() || shape.type() != TaskType.ACTOR_TASK || !shape.name().equals(shape.callName())) {
            return shape;
        }
        return new TaskShape(shape.type(), shape.language(), shape.callName(), repr + "." + afterLastDot(shape.name()),
                shape.actorId(), shape.placementGroupId(), shape.requiredResources(), shape.serializedRuntimeEnv(),
                shape.callSite(), shape.labelSelector(), shape.fallbackStrategy(), shape.detachedActor(), true);
    }

    /** Up to Ray 2.53 a thread's pseudo-task stands where later versions name the driver task. */
    private String parent(AttemptFold fold, AttemptRow row) {
        if (fold.parentTail() == 0) {
            return "";
        }
        String parent = AttemptIndex.join(fold.parentUnique(), facts.index().tails().get(fold.parentTail() - 1));
        boolean pseudo = !TaskIds.actorOf(parent).isEmpty() && !TaskIds.isActorCreation(parent)
                && !ends.actorExists(TaskIds.actorOf(parent)) && !tellsStates(parent);
        return pseudo ? TaskIds.driverOf(TaskIds.jobOf(row.taskId)) : parent;
    }

    private boolean tellsStates(String taskId) {
        int slot = facts.index().find(taskId, 0);
        if (slot < 0) {
            return false;
        }
        parentFold.fold(slot);
        return parentFold.defined() || parentFold.stateMask() != 0;
    }

    private TaskShape undefinedShape(AttemptRow row) {
        String id = row.taskId;
        PackedSpan whole = wholeSpan(row);
        String name = whole == null ? facts.printedName(id, row.attempt)
                : spanName(whole).substring(TASK_SPAN.length());
        if (TaskIds.isDriver(id)) {
            return TaskShape.undefined(TaskType.DRIVER_TASK, "", "", "");
        }
        if (TaskIds.isActorCreation(id)) {
            return TaskShape.undefined(TaskType.ACTOR_CREATION_TASK, TaskIds.actorOf(id), name,
                    name.substring(name.indexOf(':') + 1));
        }
        if (TaskIds.isNormal(id)) {
            String dotted = whole == null ? "" : ExtraData.member(facts.texts().get(whole.extra()), "name");
            return TaskShape.undefined(TaskType.NORMAL_TASK, "", name, dotted.isEmpty() ? name : afterLastDot(dotted));
        }
        return TaskShape.undefined(TaskType.ACTOR_TASK, TaskIds.actorOf(id), name, name);
    }

    private static String afterLastDot(String text) {
        return text.substring(text.lastIndexOf('.') + 1);
    }

    /** The span that encloses a whole execution, {@code task::NAME}; the last one when there are several. */
    private PackedSpan wholeSpan(AttemptRow row) {
        for (int i = row.spans.size() - 1; i >= 0; i--) {
            if (spanName(row.spans.get(i)).startsWith(TASK_SPAN)) {
                return row.spans.get(i);
            }
        }
        return null;
    }

    private String spanName(PackedSpan span) {
        return facts.texts().get(span.name());
    }

    private String executorNode(AttemptFold fold) {
        if (!fold.ranOnNodeId().isEmpty()) {
            return fold.ranOnNodeId();
        }
        TaskComponent component = fold.component();
        return component == null || !component.type().equals("worker") ? ""
                : ends.nodeIdOfIp(component.nodeIpAddress());
    }

    private static String executorWorker(AttemptRow row) {
        return row.component != null && row.component.type().equals("worker") ? row.component.id()
                : row.logInfo == null ? "" : LogFiles.workerIdOf(row.logInfo.stdoutFile());
    }

    /** The rules of closing out, in order; the first that applies wins. */
    private void close(AttemptRow row, boolean ownerSpoke) {
        String jobId = TaskIds.jobOf(row.taskId);
        Optional<WorkerDeath> death = ends.workerDeath(row.executor.workerId());
        long jobEndNs = ends.jobFinishedNs(jobId);
        if (!ownerSpoke && closeFromSpans(row)) {
            return;
        }
        if (death.isPresent()) {
            WorkerDeath worker = death.get();
            fail(row, worker.endTimeMs() * 1_000_000, "WORKER_DIED", "Worker running the task ("
                    + row.executor.workerId() + ") died with exit_type: " + exitNumber(worker.exitType())
                    + " with error_message: " + worker.exitDetail(), "the death of its worker");
        } else if (ownerSpoke && jobEndNs > 0 && row.shape.type() != TaskType.DRIVER_TASK) {
            fail(row, jobEndNs / 1_000_000 * 1_000_000, "WORKER_DIED", "Job finishes (" + jobId
                    + ") as driver exits. Marking all non-terminal tasks as failed.", "the end of its job");
        } else if (ends.nodeDeathNs(row.executor.nodeId()) > 0 && !ownerCanSpeak(row, jobId)) {
            fail(row, ends.nodeDeathNs(row.executor.nodeId()), "NODE_DIED", "The node of the task ("
                    + row.executor.nodeId() + ") died, and its owner could not report it.", "the death of its node");
        } else {
            row.provenance = Provenance.UNFINISHED;
        }
    }

    private boolean closeFromSpans(AttemptRow row) {
        PackedSpan whole = wholeSpan(row);
        if (whole == null) {
            return false;
        }
        String traceback = ExtraData.member(facts.texts().get(whole.extra()), "traceback");
        if (traceback.isEmpty()) {
            row.enter(TaskState.FINISHED, whole.endNs());
            row.provenance = Provenance.INFERRED;
            row.inferredFrom = "executor events";
        } else {
            fail(row, whole.endNs(), "TASK_EXECUTION_EXCEPTION", traceback, "executor events");
        }
        return true;
    }

    private static void fail(AttemptRow row, long atNs, String type, String message, String from) {
        row.enter(TaskState.FAILED, atNs);
        row.error = new TaskError(type, message);
        row.provenance = Provenance.INFERRED;
        row.inferredFrom = from;
    }

    /** An owner reports what became of its tasks as long as its own node lives. */
    private boolean ownerCanSpeak(AttemptRow row, String jobId) {
        String ownerNode = ends.driverNodeId(jobId);
        if (!TaskIds.isDriver(row.parentTaskId) && !row.parentTaskId.isEmpty()) {
            int slot = facts.index().find(row.parentTaskId, 0);
            ownerNode = slot < 0 ? "" : parentFold.fold(slot).nodeId();
        }
        return !ownerNode.isEmpty() && ends.nodeDeathNs(ownerNode) == 0 && ends.jobFinishedNs(jobId) == 0;
    }

    /** Ray's WorkerExitType numbers (Ray: {@code src/ray/protobuf/common.proto}). */
    private static int exitNumber(String exitType) {
        return switch (exitType) {
            case "INTENDED_SYSTEM_EXIT" -> 1;
            case "USER_ERROR" -> 2;
            case "INTENDED_USER_EXIT" -> 3;
            case "NODE_OUT_OF_MEMORY" -> 4;
            default -> 0;
        };
    }
}
