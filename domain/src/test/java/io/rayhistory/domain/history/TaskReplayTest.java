package io.rayhistory.domain.history;

import io.rayhistory.domain.event.RayEvent;
import io.rayhistory.domain.event.TaskLifecycleEvent;
import io.rayhistory.domain.event.TaskLogInfo;
import io.rayhistory.domain.event.TaskProfileEvent;
import io.rayhistory.domain.event.TaskState;
import io.rayhistory.domain.event.TaskTransition;
import io.rayhistory.domain.event.TaskType;
import org.junit.jupiter.api.Test;

import java.util.List;

import static io.rayhistory.domain.history.TaskEvents.defined;
import static io.rayhistory.domain.history.TaskEvents.entered;
import static io.rayhistory.domain.history.TaskEvents.failed;
import static io.rayhistory.domain.history.TaskEvents.jobFinished;
import static io.rayhistory.domain.history.TaskEvents.logged;
import static io.rayhistory.domain.history.TaskEvents.running;
import static io.rayhistory.domain.history.TaskEvents.sentTo;
import static io.rayhistory.domain.history.TaskEvents.span;
import static io.rayhistory.domain.history.TaskEvents.spans;
import static io.rayhistory.domain.history.TaskEvents.taskId;
import static io.rayhistory.domain.history.TaskEvents.workerDied;
import static io.rayhistory.domain.history.TaskEvents.workerId;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class TaskReplayTest {
    private static final long ABSENT = TaskLogInfo.ABSENT;

    private static SessionHistory replay(RayEvent... events) {
        Replay replay = new Replay(TaskEvents.SESSION);
        for (RayEvent event : events) {
            replay.add(event);
        }
        return replay.freeze();
    }

    private static Task only(RayEvent... events) {
        SessionHistory history = replay(events);
        assertEquals(1, history.tasks().size());
        return history.tasks().get(0);
    }

    @Test
    void aLaterRunningDoesNotUndoFinished() {
        Task task = only(defined(1, 0, "f", 1), entered(1, 0, TaskState.FINISHED, 10),
                entered(1, 0, TaskState.RUNNING, 20));
        assertEquals(TaskState.FINISHED, task.state());
        assertEquals(20, task.startTimeMs());
        assertEquals(10, task.endTimeMs());
    }

    @Test
    void ofTwoTimesForOneStateTheLaterCounts() {
        assertEquals(30, only(defined(1, 0, "f", 1), entered(1, 0, TaskState.RUNNING, 30),
                entered(1, 0, TaskState.RUNNING, 20)).startTimeMs());
    }

    @Test
    void failedBeatsFinishedAndIsTheEnd() {
        Task task = only(defined(1, 0, "f", 1), failed(1, 0, "WORKER_DIED", "gone", 5),
                entered(1, 0, TaskState.FINISHED, 9));
        assertEquals(TaskState.FAILED, task.state());
        assertEquals(5, task.endTimeMs());
    }

    @Test
    void pinningArgumentsRanksBelowRunning() {
        assertEquals(TaskState.RUNNING, only(defined(1, 0, "f", 1), entered(1, 0, TaskState.RUNNING, 2),
                entered(1, 0, TaskState.GETTING_AND_PINNING_ARGS, 3)).state());
    }

    @Test
    void aDefinitionWithoutLifecycleIsShownAsNil() {
        Task task = only(defined(1, 0, "f", 1));
        assertEquals(TaskState.NIL, task.state());
        assertEquals(List.of(), task.transitions());
    }

    @Test
    void aNewerEventWithoutErrorKeepsTheError() {
        Task task = only(defined(1, 0, "f", 1), failed(1, 0, "TASK_EXECUTION_EXCEPTION", "\u001b[36mboom\u001b[39m", 5),
                running(1, 0, 77, null, 9));
        assertEquals("TASK_EXECUTION_EXCEPTION", task.errorType());
        assertEquals("boom", task.errorMessage());
        assertEquals(77, task.workerPid());
    }

    @Test
    void logOffsetsArriveInAnyOrderAndOnEventsWithoutTransitions() {
        TaskLogInfo end = new TaskLogInfo("", "", ABSENT, 90, ABSENT, 0);
        TaskLogInfo start = new TaskLogInfo("/s/logs/worker.out", "/s/logs/worker.err", 12, ABSENT, 0, ABSENT);
        Task task = only(defined(1, 0, "f", 1), logged(1, 0, end, 9), running(1, 0, 7, start, 3),
                entered(1, 0, TaskState.FINISHED, 10));
        assertEquals(new TaskLogInfo("/s/logs/worker.out", "/s/logs/worker.err", 12, 90, 0, 0),
                task.logInfo().orElseThrow());
    }

    @Test
    void anEmptyJobIdIsTakenFromTheTaskId() {
        assertEquals(TaskEvents.JOB, only(defined(1, 0, "f", 1), entered(1, 0, TaskState.RUNNING, 2)).jobId());
    }

    @Test
    void whatRanWhenItsWorkerDiedHasFailed() {
        Task task = only(defined(1, 0, "f", 1), sentTo(1, 0, workerId(9), 2), running(1, 0, 7, null, 3),
                workerDied(9, "SYSTEM_ERROR", "killed", 50));
        assertEquals(TaskState.FAILED, task.state());
        assertEquals(50, task.endTimeMs());
        assertEquals("WORKER_DIED", task.errorType());
        assertEquals("Worker running the task (" + workerId(9)
                + ") died with exit_type: 0 with error_message: killed", task.errorMessage());
        assertEquals(Provenance.INFERRED, task.provenance());
    }

    @Test
    void whatFinishedBeforeItsWorkerDiedStaysFinished() {
        Task task = only(defined(1, 0, "f", 1), sentTo(1, 0, workerId(9), 2), entered(1, 0, TaskState.FINISHED, 4),
                workerDied(9, "INTENDED_SYSTEM_EXIT", "idle", 3));
        assertEquals(TaskState.FINISHED, task.state());
        assertEquals(Provenance.RECORDED, task.provenance());
    }

    @Test
    void whatRanWhenItsJobEndedHasFailedAndWithoutAnEndItIsUnfinished() {
        RayEvent definition = defined(1, 0, "f", 1);
        RayEvent start = running(1, 0, 7, null, 3);
        Task ended = only(definition, start, jobFinished(60));
        assertEquals(TaskState.FAILED, ended.state());
        assertEquals(60, ended.endTimeMs());
        assertTrue(ended.errorMessage().startsWith("Job finishes (02000000) as driver exits."));
        Task open = only(definition, start);
        assertEquals(TaskState.RUNNING, open.state());
        assertEquals(Provenance.UNFINISHED, open.provenance());
        assertEquals(0, open.endTimeMs());
    }

    @Test
    void anExecutorsOwnWordOutlivesTheEndOfItsJob() {
        Task task = only(running(1, 0, 7, null, 3), jobFinished(60),
                spans(1, 0, 4, 3, span("task:execute", 3, 8, "{}"), span("task::square", 3, 9,
                        "{\"name\": \"__main__.square\", \"task_id\": \"" + taskId(1) + "\"}")));
        assertEquals(TaskState.FINISHED, task.state());
        assertEquals("square", task.name());
        assertEquals("square", task.callName());
        assertEquals(TaskType.NORMAL_TASK, task.type());
        assertEquals(workerId(4), task.workerId());
        assertEquals(9, task.endTimeMs());
        assertEquals("executor events", task.inferredFrom());
    }

    @Test
    void anExecutorsTracebackMeansFailure() {
        Task task = only(running(1, 0, 7, null, 3), spans(1, 0, 4, 3, span("task::f", 3, 9,
                "{\"type\": \"ValueError\", \"traceback\": \"line 1\\nValueError: \\\"x\\\"\"}")));
        assertEquals("TASK_EXECUTION_EXCEPTION", task.errorType());
        assertEquals("line 1\nValueError: \"x\"", task.errorMessage());
    }

    @Test
    void aThreadsPseudoTaskIsNoRow() {
        SessionHistory history = replay(new TaskProfileEvent(TaskEvents.envelope(1),
                "12".repeat(20) + TaskEvents.JOB, 0, TaskEvents.JOB, "worker", workerId(1), "10.0.0.2",
                List.of(span("submit_task", 1, 2, "{}"))));
        assertEquals(0, history.tasks().size());
        assertEquals(1, history.hiddenAttempts().get("thread"));
    }

    @Test
    void spansAreASetInOrderOfTheirEnds() {
        Task task = only(defined(1, 0, "f", 1), spans(1, 0, 4, 9, span("b", 5, 9, "{}"), span("a", 2, 3, "{}")),
                spans(1, 0, 4, 8, span("a", 2, 3, "{}")));
        assertEquals(List.of("a", "b"), task.profile().orElseThrow().spans().stream().map(TaskSpan::name).toList());
    }

    @Test
    void attemptsLieTogetherTheLatestFirst() {
        SessionHistory history = replay(defined(2, 0, "g", 1), defined(1, 0, "f", 1), defined(1, 2, "f", 3),
                defined(1, 1, "f", 2), oddlyNamed());
        assertEquals(List.of(2, 1, 0), history.attempts(taskId(1)).stream().map(Task::attempt).toList());
        assertEquals(List.of(), history.attempts(taskId(3)));
        assertEquals("no-task-id", history.attempts("no-task-id").get(0).taskId());
    }

    /** An id that is no id stays a key as it came. */
    private static RayEvent oddlyNamed() {
        return new TaskLifecycleEvent(TaskEvents.envelope(1), "no-task-id", 0, "",
                List.of(new TaskTransition(TaskState.FINISHED, 5)), "", "", 0, null, null, "", null);
    }
}
