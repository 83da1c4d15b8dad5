package io.rayhistory.domain.history;

import io.rayhistory.domain.event.DriverJobDefinitionEvent;
import io.rayhistory.domain.event.DriverJobLifecycleEvent;
import io.rayhistory.domain.event.StateTransition;
import io.rayhistory.domain.event.SubmissionJobDefinitionEvent;
import io.rayhistory.domain.event.SubmissionJobLifecycleEvent;
import io.rayhistory.domain.event.SubmissionJobTransition;
import io.rayhistory.domain.id.IdKind;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Collects job events, any order, any repeats, and folds them into {@link Job}s. Not thread-safe. */
final class JobFacts {
    /** Driver metadata key that names the submission (Ray: {@code python/ray/dashboard/modules/job/common.py}). */
    private static final String SUBMISSION_ID = "job_submission_id";

    private final Subjects<DriverJobDefinitionEvent, StateTransition> drivers = new Subjects<>(
            List.of("UNSPECIFIED", "CREATED", "FINISHED"), StateTransition::state, StateTransition::timeNs);
    private final Subjects<SubmissionJobDefinitionEvent, SubmissionJobTransition> submissions = new Subjects<>(
            List.of("UNSPECIFIED", "PENDING", "RUNNING", "STOPPED", "SUCCEEDED", "FAILED"),
            SubmissionJobTransition::state, SubmissionJobTransition::timeNs);

    void add(DriverJobDefinitionEvent event) {
        drivers.define(event.envelope(), event.jobId(), event);
    }

    void add(DriverJobLifecycleEvent event) {
        drivers.enter(event.envelope(), event.jobId(), event.transitions());
    }

    void add(SubmissionJobDefinitionEvent event) {
        submissions.define(event.envelope(), event.submissionId(), event);
    }

    void add(SubmissionJobLifecycleEvent event) {
        submissions.enter(event.envelope(), event.submissionId(), event.transitions());
    }

    /** Jobs that job events name. */
    Set<String> definedJobs() {
        return drivers.byId().keySet();
    }

    Optional<DriverJobDefinitionEvent> definition(String jobId) {
        Subjects.Subject<DriverJobDefinitionEvent, StateTransition> driver = drivers.get(jobId);
        return driver == null ? Optional.empty() : Optional.ofNullable(driver.definition());
    }

    /** When the driver connected, 0 when not told. */
    long createdNs(String jobId) {
        return firstNs(jobId, "CREATED");
    }

    /** When the driver disconnected, 0 while it is not known to have. */
    long finishedNs(String jobId) {
        return firstNs(jobId, "FINISHED");
    }

    /**
     * Submissions in order of their ids, then drivers without one in order of their job ids.
     *
     * @param nodes       by id
     * @param supervisors by submission id
     * @param traces      what log files tell about submissions
     * @param logEvents   of all sources
     */
    List<Job> fold(Map<String, Node> nodes, Map<String, Supervisor> supervisors, Collection<SubmissionTrace> traces,
                   List<LogEvent> logEvents, long recordEndNs) {
        TreeMap<String, SubmissionFold> submitted = new TreeMap<>();
        List<Job> plain = new ArrayList<>();
        drivers.byId().forEach((jobId, driver) -> {
            DriverJobDefinitionEvent d = driver.definition();
            String submissionId = d == null ? "" : d.metadata().getOrDefault(SUBMISSION_ID, "");
            if (submissionId.isEmpty()) {
                plain.add(plainDriver(jobId, d, nodes, recordEndNs));
            } else {
                // Job ids come in order: the last driver wins, as in Ray's own answer.
                of(submitted, submissionId).driver(d, driverInfo(d, nodes), finishedNs(jobId));
            }
        });
        submissions.byId().forEach((id, job) -> of(submitted, id).events(job.definition(), job.transitions()));
        supervisors.forEach((id, supervisor) -> of(submitted, id).supervisor(supervisor));
        traces.forEach(trace -> of(submitted, trace.submissionId()).trace(trace));
        logEvents.stream().filter(SubmissionFold::tells)
                .forEach(event -> of(submitted, event.submissionId()).logEvent(event));
        List<Job> jobs = new ArrayList<>(submitted.size() + plain.size());
        submitted.values().forEach(submission -> jobs.add(submission.fold(nodes)));
        jobs.addAll(plain);
        return List.copyOf(jobs);
    }

    private Job plainDriver(String jobId, DriverJobDefinitionEvent d, Map<String, Node> nodes, long recordEndNs) {
        boolean ended = finishedNs(jobId) != 0;
        long start = createdNs(jobId) != 0 || d == null ? createdNs(jobId) : d.envelope().timeNs();
        // A driver that crashed has SUCCEEDED too: Ray knows only that it disconnected.
        return new Job(false, jobId, "", d == null ? null : driverInfo(d, nodes), ended ? "SUCCEEDED" : "RUNNING",
                d == null ? "" : d.entrypoint(), ended ? "" : stillRunning(recordEndNs), "", start / 1_000_000,
                finishedNs(jobId) / 1_000_000, d == null ? Map.of() : d.metadata(),
                d == null ? "" : d.serializedRuntimeEnv(), "", "", null,
                ended ? Provenance.RECORDED : Provenance.UNFINISHED);
    }

    private static String stillRunning(long recordEndNs) {
        return "The record ends at " + Instant.ofEpochSecond(0, recordEndNs).truncatedTo(ChronoUnit.SECONDS)
                + " while this driver was still running.";
    }

    private static Job.Driver driverInfo(DriverJobDefinitionEvent d, Map<String, Node> nodes) {
        return new Job.Driver(d.jobId(), WorkerFacts.ipOf(d.driverNodeId(), nodes), d.driverPid());
    }

    private static SubmissionFold of(TreeMap<String, SubmissionFold> submitted, String submissionId) {
        return submitted.computeIfAbsent(submissionId, SubmissionFold::new);
    }

    private long firstNs(String jobId, String state) {
        Subjects.Subject<DriverJobDefinitionEvent, StateTransition> driver = drivers.get(jobId);
        if (driver == null || IdKind.JOB.isNil(jobId)) {
            return 0;
        }
        return driver.transitions().stream().filter(t -> t.state().equals(state)).mapToLong(StateTransition::timeNs)
                .findFirst().orElse(0);
    }
}
