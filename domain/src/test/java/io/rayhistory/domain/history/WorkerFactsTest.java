package io.rayhistory.domain.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Set;

class WorkerFactsTest {
    private static final String DRIVER = Told.JOB + "f".repeat(48);
    private final WorkerFacts facts = new WorkerFacts();
    private final JobFacts jobs = new JobFacts();
    private final LogFiles files = new LogFiles();
    private final FakeTasks tasks = new FakeTasks();

    private List<Worker> fold() {
        return facts.fold(Map.of(Told.NODE, Told.nodeRow(Told.NODE, "10.0.0.1")), jobs, files, tasks);
    }

    private Worker only() {
        List<Worker> workers = fold();
        assertEquals(1, workers.size());
        return workers.get(0);
    }

    @Test
    void deathDoesNotEraseTheTimesOfLife() {
        facts.add(Told.workerWas(100, Told.WORKER, "", Told.workerAlive(100)));
        facts.add(Told.workerWas(200, Told.WORKER, Told.JOB, Told.workerDead(200, "USER_ERROR", "boom")));
        facts.add(Told.worker(99, Told.WORKER));
        assertEquals(new Worker(Told.WORKER, Told.JOB, "WORKER", false, "USER_ERROR", "boom", Told.NODE, "10.0.0.1",
                4711, 70, 80, 90, 199, Provenance.RECORDED), only());
        assertEquals(2, facts.death(Told.WORKER).orElseThrow().exitNumber());
        assertEquals(Set.of(Told.NODE), facts.nodeIdsSeen());
    }

    @Test
    void workerWithoutDeathStaysAlive() {
        facts.add(Told.worker(99, Told.WORKER));
        facts.add(Told.workerWas(100, Told.WORKER, "", Told.workerAlive(100)));
        Worker worker = only();
        assertTrue(worker.alive());
        assertEquals("", worker.exitType());
        assertEquals(0, worker.endTimeMs());
        assertEquals(Provenance.UNFINISHED, worker.provenance());
        assertTrue(facts.death(Told.WORKER).isEmpty());
        assertTrue(facts.death("nobody").isEmpty());
    }

    @Test
    void workerWithoutDefinitionTakesNodeAndPidFromWhereItWasSeen() {
        facts.add(Told.workerWas(100, Told.WORKER, "", Told.workerAlive(100)));
        files.add(new LogFile(Told.NODE, "python-core-worker-" + Told.WORKER + "_812.log", 1));
        Worker worker = only();
        assertEquals(Told.NODE, worker.nodeId());
        assertEquals(812, worker.pid());
        assertEquals("WORKER", worker.type());
    }

    @Test
    void driverThatSaidGoodbyeEndedByShutdown() {
        jobs.add(Told.job(10, Told.JOB, Map.of()));
        jobs.add(Told.jobWas(10, Told.JOB, "CREATED"));
        jobs.add(Told.jobWas(50, Told.JOB, "FINISHED"));
        tasks.started.put(Told.JOB, Told.ns(9));
        tasks.ended.put(Told.JOB, Told.ns(48));
        assertEquals(new Worker(DRIVER, Told.JOB, "DRIVER", false, "INTENDED_USER_EXIT", "Shutdown by ray.shutdown().",
                Told.NODE, "10.0.0.1", 99, -1, -1, 9, 48, Provenance.INFERRED), only());
    }

    @Test
    void driverThatOnlyVanishedHasNoExitType() {
        jobs.add(Told.job(10, Told.JOB, Map.of()));
        jobs.add(Told.jobWas(10, Told.JOB, "CREATED"));
        jobs.add(Told.jobWas(50, Told.JOB, "FINISHED"));
        Worker driver = only();
        assertFalse(driver.alive());
        assertEquals("", driver.exitType() + driver.exitDetail());
        assertEquals(10, driver.startTimeMs());
        assertEquals(50, driver.endTimeMs());
    }

    @Test
    void internalDriverIsKnownByItsTaskAndItsLogFile() {
        tasks.started.put("01000000", Told.ns(7));
        files.add(new LogFile(Told.NODE, "python-core-driver-01000000" + "f".repeat(48) + "_19856.log", 1));
        Worker driver = only();
        assertTrue(driver.alive());
        assertEquals("01000000", driver.jobId());
        assertEquals(19856, driver.pid());
        assertEquals(Told.NODE, driver.nodeId());
        assertEquals(Provenance.UNFINISHED, driver.provenance());
    }

    @Test
    void oldRayHasWorkersFromTasksAndFileNamesOnly() {
        jobs.add(Told.jobWas(50, Told.JOB, "FINISHED"));
        tasks.workers.add(new WorkerSeen(Told.OTHER_WORKER, Told.NODE, "03000000", 5));
        tasks.workers.add(new WorkerSeen(Told.WORKER, "", Told.JOB, 0));
        files.add(new LogFile(Told.NODE, "worker-" + Told.WORKER + "-02000000-812.err", 1));
        List<Worker> workers = fold().stream().filter(worker -> worker.type().equals("WORKER")).toList();
        assertEquals(List.of(Told.WORKER, Told.OTHER_WORKER), workers.stream().map(Worker::workerId).toList());
        assertFalse(workers.get(0).alive());
        assertEquals(812, workers.get(0).pid());
        assertEquals(Told.NODE, workers.get(0).nodeId());
        assertTrue(workers.get(1).alive());
        assertEquals(Provenance.INFERRED, workers.get(1).provenance());
    }

    @Test
    void fileNamesAddNoRowsWhenWorkersHaveEvents() {
        facts.add(Told.worker(99, Told.WORKER));
        files.add(new LogFile(Told.NODE, "worker-" + Told.OTHER_WORKER + "-02000000-812.err", 1));
        assertEquals(Told.WORKER, only().workerId());
    }
}
