package io.rayhistory.domain.history;

import io.rayhistory.domain.event.WorkerDefinitionEvent;
import io.rayhistory.domain.event.WorkerLifecycleEvent;
import io.rayhistory.domain.event.WorkerTransition;
import io.rayhistory.domain.id.IdKind;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Collects worker events, any order, any repeats, and folds them into {@link Worker}s. Drivers have no worker events;
 * their rows are made from job events, driver tasks and log files. Not thread-safe.
 */
final class WorkerFacts {
    private final Subjects<WorkerDefinitionEvent, WorkerTransition> workers =
            new Subjects<>(List.of("ALIVE", "DEAD"), WorkerTransition::state, WorkerTransition::timeNs);
    private final Map<String, Newest<String>> jobIds = new HashMap<>();

    void add(WorkerDefinitionEvent event) {
        workers.define(event.envelope(), event.workerId(), event);
    }

    void add(WorkerLifecycleEvent event) {
        workers.enter(event.envelope(), event.workerId(), event.transitions());
        if (!IdKind.JOB.isNil(event.jobId())) {
            jobIds.computeIfAbsent(event.workerId(), id -> new Newest<>()).offer(event.envelope(), event.jobId());
        }
    }

    /** Nodes that worker definitions name. */
    Set<String> nodeIdsSeen() {
        Set<String> ids = new TreeSet<>();
        workers.byId().values().forEach(worker -> {
            if (worker.definition() != null && !IdKind.NODE.isNil(worker.definition().nodeId())) {
                ids.add(worker.definition().nodeId());
            }
        });
        return ids;
    }

    /** How a worker ended; empty while it is not known to have ended. */
    Optional<WorkerDeath> death(String workerId) {
        Subjects.Subject<WorkerDefinitionEvent, WorkerTransition> worker = workers.get(workerId);
        return worker == null ? Optional.empty() : death(worker.transitions());
    }

    /**
     * Workers of a node that died stay alive here, as they do for ever in Ray's own tables: nobody reports their end.
     *
     * @param nodes by id
     * @return in order of their ids
     */
    List<Worker> fold(Map<String, Node> nodes, JobFacts jobs, LogFiles files, TaskEvidence tasks) {
        Map<String, WorkerSeen> seen = new HashMap<>();
        tasks.workersSeen().forEach(worker -> seen.merge(worker.workerId(), worker, WorkerFacts::merged));
        files.workers().forEach(worker -> seen.merge(worker.workerId(), worker, WorkerSeen::orElse));
        TreeMap<String, Worker> rows = new TreeMap<>();
        if (workers.isEmpty()) {
            seen.values().stream()
                    .filter(worker -> !isDriver(worker.workerId()) && !IdKind.WORKER.isNil(worker.workerId()))
                    .forEach(worker -> rows.put(worker.workerId(), untold(worker, nodes, jobs)));
        }
        DriverWorkers.of(nodes, jobs, files, tasks, seen).forEach(row -> rows.put(row.workerId(), row));
        workers.byId().forEach((id, worker) -> rows.put(id, told(id, worker,
                seen.getOrDefault(id, new WorkerSeen(id, "", "", 0)), nodes)));
        return List.copyOf(rows.values());
    }

    /** True for the worker id of a driver: its job id, then nothing but {@code f}. */
    static boolean isDriver(String workerId) {
        int job = IdKind.JOB.hexLength();
        return IdKind.WORKER.isNormal(workerId) && !IdKind.WORKER.isNil(workerId)
                && workerId.substring(job).equals(IdKind.WORKER.nil().substring(job));
    }

    private Worker told(String id, Subjects.Subject<WorkerDefinitionEvent, WorkerTransition> worker, WorkerSeen seen,
                        Map<String, Node> nodes) {
        WorkerDefinitionEvent d = worker.definition();
        WorkerSeen known = d == null ? seen : new WorkerSeen(id, d.nodeId(), "", d.pid()).orElse(seen);
        String type = d == null || d.workerType().isEmpty() ? "WORKER" : d.workerType();
        long launch = 0;
        long launched = 0;
        long start = 0;
        for (WorkerTransition t : worker.transitions()) {
            // DEAD carries 0 for the times that belong to ALIVE, and the other way round.
            launch = t.launchTimeMs() == 0 ? launch : t.launchTimeMs();
            launched = t.launchedTimeMs() == 0 ? launched : t.launchedTimeMs();
            start = t.startTimeMs() == 0 ? start : t.startTimeMs();
        }
        Newest<String> job = jobIds.get(id);
        Optional<WorkerDeath> death = death(worker.transitions());
        return new Worker(id, job == null ? known.jobId() : job.orNull(), type, death.isEmpty(),
                death.map(WorkerDeath::exitType).orElse(""), death.map(WorkerDeath::exitDetail).orElse(""),
                known.nodeId(), ipOf(known.nodeId(), nodes), known.pid(), launch, launched, start,
                death.map(WorkerDeath::endTimeMs).orElse(0L),
                death.isPresent() ? Provenance.RECORDED : Provenance.UNFINISHED);
    }

    /** Rays before 2.58: no times, and whether it still ran is a guess: a job's workers go when the job does. */
    private static Worker untold(WorkerSeen worker, Map<String, Node> nodes, JobFacts jobs) {
        return new Worker(worker.workerId(), worker.jobId(), "WORKER", jobs.finishedNs(worker.jobId()) == 0, "", "",
                worker.nodeId(), ipOf(worker.nodeId(), nodes), worker.pid(), 0, 0, 0, 0, Provenance.INFERRED);
    }

    private static Optional<WorkerDeath> death(List<WorkerTransition> transitions) {
        if (transitions.isEmpty() || !transitions.get(transitions.size() - 1).state().equals("DEAD")) {
            return Optional.empty();
        }
        WorkerTransition last = transitions.get(transitions.size() - 1);
        long end = last.endTimeMs() == 0 ? last.timeNs() / 1_000_000 : last.endTimeMs();
        return Optional.of(new WorkerDeath(end, last.exitType(), last.exitDetail()));
    }

    private static WorkerSeen merged(WorkerSeen one, WorkerSeen other) {
        return one.toString().compareTo(other.toString()) <= 0 ? one.orElse(other) : other.orElse(one);
    }

    static String ipOf(String nodeId, Map<String, Node> nodes) {
        Node node = nodes.get(nodeId);
        return node == null ? "" : node.ipAddress();
    }
}
