package io.rayhistory.domain.history;

import io.rayhistory.domain.event.DriverJobDefinitionEvent;
import io.rayhistory.domain.id.IdKind;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Rows for drivers, which Ray lists as workers but has no worker events for. */
final class DriverWorkers {
    /** Ray's unsigned "not known". */
    private static final long NOT_LAUNCHED = -1;
    private static final String DRIVER_TAIL = IdKind.WORKER.nil().substring(IdKind.JOB.hexLength());

    private DriverWorkers() {
    }

    /** @param seen worker id to what tasks and files tell */
    static List<Worker> of(Map<String, Node> nodes, JobFacts jobs, LogFiles files, TaskEvidence tasks,
                           Map<String, WorkerSeen> seen) {
        TreeSet<String> jobIds = new TreeSet<>(jobs.definedJobs());
        jobIds.addAll(tasks.jobsWithDriverTask());
        files.drivers().forEach(driver -> {
            seen.merge(driver.workerId(), driver, (known, file) -> file.orElse(known));
            if (WorkerFacts.isDriver(driver.workerId())) {
                jobIds.add(driver.jobId());
            }
        });
        List<Worker> rows = new ArrayList<>(jobIds.size());
        for (String jobId : jobIds) {
            rows.add(driver(jobId, nodes, jobs, tasks, seen));
        }
        return rows;
    }

    private static Worker driver(String jobId, Map<String, Node> nodes, JobFacts jobs, TaskEvidence tasks,
                                 Map<String, WorkerSeen> seen) {
        String workerId = jobId + DRIVER_TAIL;
        WorkerSeen known = seen.getOrDefault(workerId, new WorkerSeen(workerId, "", jobId, 0));
        DriverJobDefinitionEvent d = jobs.definition(jobId).orElse(null);
        if (d != null) {
            known = new WorkerSeen(workerId, d.driverNodeId(), jobId, d.driverPid()).orElse(known);
        }
        boolean saidGoodbye = tasks.driverEndNs(jobId).isPresent();
        long end = tasks.driverEndNs(jobId).orElse(jobs.finishedNs(jobId)) / 1_000_000;
        long start = tasks.driverStartNs(jobId).orElse(jobs.createdNs(jobId)) / 1_000_000;
        // A driver reports its own task FINISHED only while it disconnects in good order, which Ray books as this exit
        // (Ray: python/ray/_raylet.pyx, shutdown_driver). One that was killed tells nothing.
        return new Worker(workerId, jobId, "DRIVER", end == 0, saidGoodbye ? "INTENDED_USER_EXIT" : "",
                saidGoodbye ? "Shutdown by ray.shutdown()." : "", known.nodeId(),
                WorkerFacts.ipOf(known.nodeId(), nodes), known.pid(), NOT_LAUNCHED, NOT_LAUNCHED, start, end,
                end == 0 ? Provenance.UNFINISHED : Provenance.INFERRED);
    }
}
