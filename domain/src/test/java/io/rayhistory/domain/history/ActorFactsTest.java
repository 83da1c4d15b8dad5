package io.rayhistory.domain.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rayhistory.domain.event.ActorState;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class ActorFactsTest {
    private final ActorFacts facts = new ActorFacts();
    private final FakeTasks tasks = new FakeTasks();
    private final LogFiles files = new LogFiles();

    private Actor only() {
        List<Actor> actors = facts.fold(Map.of(Told.OTHER_NODE, Told.nodeRow(Told.OTHER_NODE, "10.0.0.2")), tasks, files);
        assertEquals(1, actors.size());
        return actors.get(0);
    }

    @Test
    void actorThatNeverLivedIsUnreadyAndNowhere() {
        facts.add(Told.actor(1, "counter", "Counter"));
        Actor actor = only();
        assertEquals(ActorState.DEPENDENCIES_UNREADY, actor.state());
        assertEquals(Told.JOB, actor.jobId());
        assertEquals("", actor.nodeId() + actor.workerId() + actor.ipAddress());
        assertEquals(0, actor.pid() + actor.port() + actor.startTimeMs() + actor.endTimeMs());
        assertEquals(Provenance.UNFINISHED, actor.provenance());
        assertNull(actor.deathCause());
    }

    @Test
    void restartedActorShowsItsLastHomeAndItsFirstStart() {
        facts.add(Told.actor(1, "", "Counter"));
        facts.add(Told.actorWas(2, Told.actorIs(ActorState.PENDING_CREATION, 5), Told.alive(10, Told.NODE, Told.WORKER, 41)));
        facts.add(Told.actorWas(3, Told.restarting(20, "NODE_PREEMPTION"), Told.alive(30, Told.OTHER_NODE, Told.OTHER_WORKER, 42)));
        Actor actor = only();
        assertEquals(ActorState.ALIVE, actor.state());
        assertEquals(Told.OTHER_NODE, actor.nodeId());
        assertEquals("10.0.0.2", actor.ipAddress());
        assertEquals(42, actor.pid());
        assertEquals(10, actor.startTimeMs());
        assertEquals(1, actor.restarts());
        assertEquals(1, actor.restartsDueToNodePreemption());
        assertEquals(0, actor.restartsDueToLineageReconstruction());
        assertEquals(List.of(41L, 42L), actor.incarnations().stream().map(ActorPlacement::pid).toList());
    }

    @Test
    void secondDeathMovesTheTimestampButNotTheEnd() {
        facts.add(Told.actorWas(1, Told.alive(10, Told.NODE, Told.WORKER, 41), Told.dead(20, "reason", "RAY_KILL")));
        facts.add(Told.actorWas(2, Told.dead(50)));
        Actor actor = only();
        assertEquals(20, actor.endTimeMs());
        assertEquals(Told.ns(50), actor.lastTransitionNs());
        assertEquals("RAY_KILL", actor.deathCause().fields().get("reason"));
        assertEquals(Provenance.RECORDED, actor.provenance());
        assertEquals(Told.NODE, actor.nodeId());
    }

    @Test
    void deathBeforeARestartIsNotTheEnd() {
        facts.add(Told.actorWas(1, Told.alive(10, Told.NODE, Told.WORKER, 41), Told.dead(20, "reason", "NODE_DIED"),
                Told.restarting(21, "ACTOR_FAILURE"), Told.alive(30, Told.NODE, Told.WORKER, 42)));
        Actor actor = only();
        assertEquals(0, actor.endTimeMs());
        assertNull(actor.deathCause());
    }

    @Test
    void deathAtTheSameMomentAsLifeCountsLater() {
        facts.add(Told.actorWas(1, Told.dead(10), Told.alive(10, Told.NODE, Told.WORKER, 41)));
        assertEquals(ActorState.DEAD, only().state());
    }

    @Test
    void actorWithoutDefinitionTakesWhatItsDeathAndItsTasksTell() {
        facts.add(Told.actorWas(1, Told.alive(10, Told.NODE, Told.WORKER, 0),
                Told.dead(20, "class_name", "Counter", "name", "counter", "node_ip_address", "10.9.9.9", "pid", 77L)));
        Actor actor = only();
        assertEquals("Counter", actor.className());
        assertEquals("counter", actor.name());
        assertEquals("02000000", actor.jobId());
        assertEquals("10.9.9.9", actor.ipAddress());
        assertEquals(77, actor.pid());
        assertEquals(Map.of(Told.NODE, "10.9.9.9"), facts.nodeIpsSeen());
    }

    @Test
    void classOfAnUndefinedLivingActorComesFromItsCreationTask() {
        tasks.creationClass = "Keeper";
        facts.add(Told.actorWas(1, Told.alive(10, Told.NODE, Told.WORKER, 41)));
        assertEquals("Keeper", only().className());
        assertTrue(facts.exists(Told.ACTOR));
        assertFalse(facts.exists("other"));
    }

    @Test
    void pidOfAnOldRayComesFromTasksElseFromLogFileNames() {
        facts.add(Told.actorWas(1, Told.alive(10, Told.NODE, Told.WORKER, 0)));
        assertEquals(0, only().pid());
        files.add(new LogFile(Told.NODE, "worker-" + Told.WORKER + "-02000000-812.out", 3));
        assertEquals(812, only().pid());
        tasks.pids.put(Told.WORKER, 813L);
        assertEquals(813, only().pid());
    }

    @Test
    void supervisorOfASubmittedJobIsFoundByItsName() {
        facts.add(Told.actor(1, "_ray_internal_job_actor_sub1", "JobSupervisor"));
        facts.add(Told.actorWas(1, Told.actorIs(ActorState.PENDING_CREATION, 5), Told.alive(10, Told.NODE, Told.WORKER, 4),
                Told.dead(90)));
        assertEquals(Map.of("sub1", new Supervisor(Told.NODE, Told.ns(5), true, Told.ns(90))), facts.supervisors());
    }
}
