package io.rayhistory.domain.id;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class TaskIdsTest {
    private static final String DRIVER = "f".repeat(40) + "02000000";
    private static final String CREATION = "ffffffffffffffff0cb5264193625c4339e0748c02000000";
    private static final String NORMAL = "1f3c75c3157163978fffffff".substring(0, 16) + "f".repeat(24) + "04000000";
    private static final String ACTOR_TASK = "d8cec09e077956f2728b2e0a5ed642836027f53802000000";

    @Test
    void theLastEightCharactersAreTheJob() {
        assertEquals("02000000", TaskIds.jobOf(DRIVER));
        assertEquals("02000000", TaskIds.jobOf(CREATION));
        assertEquals("04000000", TaskIds.jobOf(NORMAL));
        assertEquals("", TaskIds.jobOf("not-a-task"));
        assertEquals("", TaskIds.jobOf(""));
    }

    @Test
    void theDriverTaskOfAJobIsAllOnesBeforeIt() {
        assertEquals(DRIVER, TaskIds.driverOf("02000000"));
        assertTrue(TaskIds.isDriver(DRIVER));
        assertFalse(TaskIds.isDriver(CREATION));
        assertFalse(TaskIds.isDriver(NORMAL));
        assertFalse(TaskIds.isDriver(""));
    }

    @Test
    void eachTaskIsOfOneKind() {
        assertTrue(TaskIds.isActorCreation(CREATION));
        assertFalse(TaskIds.isActorCreation(DRIVER));
        assertFalse(TaskIds.isActorCreation(ACTOR_TASK));
        assertTrue(TaskIds.isNormal(NORMAL));
        assertFalse(TaskIds.isNormal(DRIVER));
        assertFalse(TaskIds.isNormal(ACTOR_TASK));
    }

    @Test
    void actorAndCreationTasksNameTheirActor() {
        assertEquals("0cb5264193625c4339e0748c02000000", TaskIds.actorOf(CREATION));
        assertEquals("728b2e0a5ed642836027f53802000000", TaskIds.actorOf(ACTOR_TASK));
        assertEquals("", TaskIds.actorOf(NORMAL));
        assertEquals("", TaskIds.actorOf(DRIVER));
        assertEquals("", TaskIds.actorOf("short"));
    }
}
