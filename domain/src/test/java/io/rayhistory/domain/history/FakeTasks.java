package io.rayhistory.domain.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Task evidence of a test, empty unless filled. */
final class FakeTasks implements TaskEvidence {
    final Map<String, Long> started = new TreeMap<>();
    final Map<String, Long> ended = new HashMap<>();
    final List<WorkerSeen> workers = new ArrayList<>();
    final Map<String, Long> pids = new HashMap<>();
    String creationClass = "";

    @Override
    public OptionalLong driverStartNs(String jobId) {
        return of(started.get(jobId));
    }

    @Override
    public OptionalLong driverEndNs(String jobId) {
        return of(ended.get(jobId));
    }

    @Override
    public Collection<String> jobsWithDriverTask() {
        return started.keySet();
    }

    @Override
    public String creationClassOf(String actorId) {
        return creationClass;
    }

    @Override
    public Collection<WorkerSeen> workersSeen() {
        return workers;
    }

    @Override
    public OptionalLong pidOfActorWorker(String actorId, String workerId) {
        return of(pids.get(workerId));
    }

    private static OptionalLong of(Long value) {
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
