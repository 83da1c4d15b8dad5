package io.rayhistory.domain.id;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

final class TaskIdsTest {
    private static final String ACTOR = "e05ee4663e4306a9a57e44f303000000";
    private static final String DRIVER = "f".repeat(40) + "02000000";
    private static final String CREATION = "f".repeat(16) + ACTOR;
    private static final String METHOD = "0123456789abcdef" + ACTOR;
    private static final String NORMAL = "868f159492fd2d84" + "f".repeat(24) + "04000000";

    @Test
    void everyTaskIdEndsWithItsJob() {
        assertEquals("02000000", TaskIds.jobOf(DRIVER));
        assertEquals("03000000", TaskIds.jobOf(CREATION));
        assertEquals("04000000", TaskIds.jobOf(NORMAL));
        assertEquals("", TaskIds.jobOf("no task"));
        assertEquals("", TaskIds.jobOf(""));
    }

    @Test
    void theLayoutTellsTheKind() {
        assertTrue(TaskIds.isDriver(DRIVER));
        assertTrue(TaskIds.isActorCreation(CREATION));
        assertTrue(TaskIds.isNormal(NORMAL));
        for (String other : new String[] {CREATION, METHOD, NORMAL, ""}) {
            assertFalse(TaskIds.isDriver(other), other);
        }
        for (String other : new String[] {DRIVER, METHOD, NORMAL, ""}) {
            assertFalse(TaskIds.isActorCreation(other), other);
        }
        for (String other : new String[] {DRIVER, METHOD, CREATION, ""}) {
            assertFalse(TaskIds.isNormal(other), other);
        }
    }

    @Test
    void theActorIsInTheTaskId() {
        assertEquals(ACTOR, TaskIds.actorOf(CREATION));
        assertEquals(ACTOR, TaskIds.actorOf(METHOD));
        assertEquals("", TaskIds.actorOf(NORMAL));
        assertEquals("", TaskIds.actorOf(DRIVER));
        assertEquals("", TaskIds.actorOf("short"));
    }

    @Test
    void aJobNamesItsDriver() {
        assertEquals(DRIVER, TaskIds.driverOf("02000000"));
    }
}
