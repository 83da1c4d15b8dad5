package io.rayhistory.domain.failure;

import io.rayhistory.domain.event.ActorDeathCause;
import io.rayhistory.domain.event.ActorDefinitionEvent;
import io.rayhistory.domain.event.ActorLifecycleEvent;
import io.rayhistory.domain.event.ActorState;
import io.rayhistory.domain.event.ActorTransition;
import io.rayhistory.domain.event.NodeDefinitionEvent;
import io.rayhistory.domain.event.NodeLifecycleEvent;
import io.rayhistory.domain.event.NodeTransition;
import io.rayhistory.domain.event.RayEvent;
import io.rayhistory.domain.event.SubmissionJobDefinitionEvent;
import io.rayhistory.domain.event.SubmissionJobLifecycleEvent;
import io.rayhistory.domain.event.SubmissionJobTransition;
import io.rayhistory.domain.event.TaskError;
import io.rayhistory.domain.event.TaskLifecycleEvent;
import io.rayhistory.domain.event.TaskState;
import io.rayhistory.domain.event.TaskTransition;
import io.rayhistory.domain.event.WorkerDefinitionEvent;
import io.rayhistory.domain.history.Replay;
import io.rayhistory.domain.history.SessionHistory;
import io.rayhistory.domain.history.TaskEvents;

import java.util.List;
import java.util.Map;

/** A session that fails as a test says. Times are milliseconds. */
final class Failing {
    static final String ACTOR = "1736a4a302ad56be3f07b06702000000";
    private static final long MS = 1_000_000;

    private final Replay replay = new Replay(TaskEvents.SESSION);

    static String nodeId(int number) {
        return String.format("%055xa", number);
    }

    private Failing add(RayEvent... events) {
        for (RayEvent event : events) {
            replay.add(event);
        }
        return this;
    }

    Failing node(int number, long ms) {
        return add(new NodeDefinitionEvent(TaskEvents.envelope(ms), nodeId(number), "10.0.0." + number, Map.of(), ms * MS, "", "", "", ""),
                new NodeLifecycleEvent(TaskEvents.envelope(ms), nodeId(number),
                        List.of(new NodeTransition("ALIVE", ms * MS, Map.of("CPU", 1.0), "", "", "UNSPECIFIED"))));
    }

    Failing nodeDied(int number, String reason, long ms) {
        return add(new NodeLifecycleEvent(TaskEvents.envelope(ms), nodeId(number),
                List.of(new NodeTransition("DEAD", ms * MS, Map.of(), reason, "no heartbeats", "UNSPECIFIED"))));
    }

    Failing worker(int number, int node, String exitType, long ms) {
        return add(new WorkerDefinitionEvent(TaskEvents.envelope(ms), TaskEvents.workerId(number), nodeId(node), "WORKER", 4000 + number),
                TaskEvents.workerDied(number, exitType, "it was killed", ms));
    }

    Failing finished(int task, int attempt, long ms) {
        return add(TaskEvents.defined(task, attempt, "work", ms), TaskEvents.entered(task, attempt, TaskState.RUNNING, ms),
                TaskEvents.entered(task, attempt, TaskState.FINISHED, ms + 5));
    }

    Failing running(int task, long ms) {
        return add(TaskEvents.defined(task, 0, "work", ms), TaskEvents.entered(task, 0, TaskState.RUNNING, ms));
    }

    /** An attempt of {@code work} that ran on a node and a worker and failed. */
    Failing failed(int task, int attempt, int node, int worker, String type, String message, long ms) {
        return add(TaskEvents.defined(task, attempt, "work", ms), new TaskLifecycleEvent(TaskEvents.envelope(ms), TaskEvents.taskId(task),
                attempt, "", List.of(new TaskTransition(TaskState.FAILED, ms * MS)), nodeId(node), TaskEvents.workerId(worker), 0,
                new TaskError(type, message), null, "", null));
    }

    Failing raised(int task, int attempt, String exception, String function, long ms) {
        return failed(task, attempt, 1, 1, "TASK_EXECUTION_EXCEPTION",
                "User exception:\n  File \"/app/job.py\", line " + ms + ", in " + function + "\n    x()\n" + exception, ms);
    }

    Failing job(String id, String status, int exitCode, long ms) {
        return add(new SubmissionJobDefinitionEvent(TaskEvents.envelope(ms), id, "python job.py", "{}", Map.of()),
                new SubmissionJobLifecycleEvent(TaskEvents.envelope(ms), id, List.of(
                        new SubmissionJobTransition("RUNNING", ms * MS, "", "", "", "", null),
                        new SubmissionJobTransition(status, (ms + 1) * MS, "it said no", "", "", "", exitCode))));
    }

    /** @param cause alternating keys and values */
    Failing actorDied(int node, String kind, Map<String, Object> cause, long ms) {
        return add(new ActorDefinitionEvent(TaskEvents.envelope(ms), ACTOR, TaskEvents.JOB, false, "", "ns", "{}", "Keeper", Map.of(), "",
                        Map.of(), "", ""),
                new ActorLifecycleEvent(TaskEvents.envelope(ms), ACTOR, List.of(
                        new ActorTransition(ActorState.ALIVE, (ms - 1) * MS, nodeId(node), TaskEvents.workerId(7), "", null, 1, 1, ""),
                        new ActorTransition(ActorState.DEAD, ms * MS, "", "", "", new ActorDeathCause(kind, cause), 0, 0, ""))));
    }

    SessionHistory history() {
        return replay.freeze();
    }

    FailureReport report() {
        return FailureReport.of(history());
    }

    List<String> titles() {
        return report().groups().stream().map(group -> group.section() + " " + group.title() + " x" + group.count()).toList();
    }
}
