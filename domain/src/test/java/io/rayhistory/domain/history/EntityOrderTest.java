package io.rayhistory.domain.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rayhistory.domain.event.ActorLifecycleEvent;
import io.rayhistory.domain.event.ActorState;
import io.rayhistory.domain.event.EventEnvelope;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/** Any order and any repeats of the same events give the same rows. */
class EntityOrderTest {

    /** One fold's collectors; every step adds one event to them. */
    private static final class Facts {
        private final ActorFacts actors = new ActorFacts();
        private final NodeFacts nodes = new NodeFacts();
        private final WorkerFacts workers = new WorkerFacts();
        private final JobFacts jobs = new JobFacts();

        private List<Object> rows() {
            Map<String, Node> byId = Map.of(Told.NODE, Told.nodeRow(Told.NODE, "10.0.0.1"));
            return List.of(nodes.fold(actors.nodeIdsSeen(), actors.nodeIpsSeen()),
                    actors.fold(byId, new FakeTasks(), new LogFiles()),
                    workers.fold(byId, jobs, new LogFiles(), new FakeTasks()),
                    jobs.fold(byId, actors.supervisors(), List.of(), List.of(), Told.ns(1000)));
        }
    }

    private static List<Consumer<Facts>> events() {
        EventEnvelope noId = new EventEnvelope("", "GCS", 0, "", "", "", "");
        return List.of(
                f -> f.actors.add(Told.actor(1, "a", "First")),
                f -> f.actors.add(Told.actor(2, "b", "Second")),
                f -> f.actors.add(Told.actorWas(3, Told.alive(10, Told.NODE, Told.WORKER, 1))),
                f -> f.actors.add(Told.actorWas(4, Told.restarting(20, "NODE_PREEMPTION"),
                        Told.alive(30, Told.OTHER_NODE, Told.OTHER_WORKER, 2))),
                f -> f.actors.add(Told.actorWas(5, Told.dead(40, "reason", "RAY_KILL"), Told.dead(50))),
                // The same key told twice, by events that only their text tells apart.
                f -> f.actors.add(new ActorLifecycleEvent(noId, Told.ACTOR, List.of(Told.dead(60, "reason", "X")))),
                f -> f.actors.add(new ActorLifecycleEvent(noId, Told.ACTOR, List.of(Told.dead(60, "reason", "Y")))),
                f -> f.actors.add(Told.actorWas(6, Told.actorIs(ActorState.PENDING_CREATION, 5))),
                f -> f.nodes.add(Told.node(1, Told.NODE, "10.0.0.1")),
                f -> f.nodes.add(Told.nodeWas(2, Told.NODE, Told.nodeAlive(2, Told.RESOURCES))),
                f -> f.nodes.add(Told.nodeWas(9, Told.NODE, Told.nodeDead(9, "EXPECTED_TERMINATION", "x"))),
                f -> f.workers.add(Told.worker(1, Told.WORKER)),
                f -> f.workers.add(Told.workerWas(2, Told.WORKER, "", Told.workerAlive(2))),
                f -> f.workers.add(Told.workerWas(8, Told.WORKER, Told.JOB, Told.workerDead(8, "USER_ERROR", "d"))),
                f -> f.workers.add(Told.workerWas(7, Told.WORKER, "03000000")),
                f -> f.jobs.add(Told.job(1, Told.JOB, Map.of("k", "old"))),
                f -> f.jobs.add(Told.job(2, Told.JOB, Map.of("k", "new"))),
                f -> f.jobs.add(Told.job(3, "03000000", Map.of("job_submission_id", "s"))),
                f -> f.jobs.add(Told.job(4, "04000000", Map.of("job_submission_id", "s"))),
                f -> f.jobs.add(Told.jobWas(9, Told.JOB, "FINISHED")),
                f -> f.jobs.add(Told.jobWas(1, Told.JOB, "CREATED")));
    }

    private static List<Object> rows(List<Consumer<Facts>> events) {
        Facts facts = new Facts();
        events.forEach(event -> event.accept(facts));
        return facts.rows();
    }

    @Test
    void orderAndRepeatsChangeNothing() {
        List<Object> expected = rows(events());
        for (long seed = 1; seed <= 200; seed++) {
            Random random = new Random(seed);
            List<Consumer<Facts>> shuffled = new ArrayList<>(events());
            int repeats = random.nextInt(shuffled.size());
            for (int i = 0; i < repeats; i++) {
                shuffled.add(events().get(random.nextInt(events().size())));
            }
            Collections.shuffle(shuffled, random);
            assertEquals(expected, rows(shuffled), "seed " + seed);
        }
    }
}
