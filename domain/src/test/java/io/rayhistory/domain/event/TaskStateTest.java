package io.rayhistory.domain.event;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

class TaskStateTest {

    @Test
    void numbersAreRays() {
        assertEquals(TaskState.NIL, TaskState.ofNumber(0));
        assertEquals(TaskState.SUBMITTED_TO_WORKER, TaskState.ofNumber(5));
        assertEquals(TaskState.RUNNING, TaskState.ofNumber(8));
        assertEquals(TaskState.FINISHED, TaskState.ofNumber(11));
        assertEquals(TaskState.FAILED, TaskState.ofNumber(12));
        assertEquals(TaskState.GETTING_AND_PINNING_ARGS, TaskState.ofNumber(13));
        assertNull(TaskState.ofNumber(14));
        assertNull(TaskState.ofNumber(-1));
    }

    @Test
    void textMayBeANameOrANumber() {
        for (TaskState state : TaskState.values()) {
            assertEquals(state, TaskState.ofText(state.name()));
            assertEquals(state, TaskState.ofText(Integer.toString(state.ordinal())));
        }
        assertNull(TaskState.ofText("RESTING"));
        assertNull(TaskState.ofText(""));
        assertNull(TaskState.ofText("99999999999"));
    }

    @Test
    void failedBeatsFinishedBeatsEverythingElse() {
        for (TaskState state : TaskState.values()) {
            assertTrue(state == TaskState.FAILED || state.rank() < TaskState.FAILED.rank(), state.name());
            assertTrue(state.isTerminal() || state.rank() < TaskState.FINISHED.rank(), state.name());
        }
    }

    @Test
    void pinningArgumentsRanksJustBelowRunningThoughItsNumberIsTheLast() {
        int pinning = TaskState.GETTING_AND_PINNING_ARGS.rank();
        assertTrue(pinning < TaskState.RUNNING.rank());
        assertTrue(pinning > TaskState.PENDING_ACTOR_TASK_ORDERING_OR_CONCURRENCY.rank());
        assertFalse(TaskState.GETTING_AND_PINNING_ARGS.isTerminal());
    }
}
