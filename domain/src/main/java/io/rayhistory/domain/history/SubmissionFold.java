package io.rayhistory.domain.history;

import io.rayhistory.domain.event.DriverJobDefinitionEvent;
import io.rayhistory.domain.event.SubmissionJobDefinitionEvent;
import io.rayhistory.domain.event.SubmissionJobTransition;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts one submitted job together from whatever tells of it. Events of its own do not exist yet in any Ray, so that log
 * files and the supervisor actor tell most. Not thread-safe.
 */
final class SubmissionFold {
    private static final Pattern COMPLETED = Pattern.compile(
            "Completed a ray job \\S+ with a status ([A-Z]+)\\.\\s*(.*)", Pattern.DOTALL);

    private final String submissionId;
    private SubmissionJobDefinitionEvent definition;
    private List<SubmissionJobTransition> transitions = List.of();
    private DriverJobDefinitionEvent driver;
    private Job.Driver driverInfo;
    private long driverEndNs;
    private Supervisor supervisor = new Supervisor("", 0, false, 0);
    private SubmissionTrace trace;
    private LogEvent started;
    private LogEvent completed;

    SubmissionFold(String submissionId) {
        this.submissionId = submissionId;
        trace = new SubmissionTrace(submissionId, 0, 0, "", null, false, "");
    }

    /** True if a log event is about a submission. */
    static boolean tells(LogEvent event) {
        return event.sourceType().equals("JOBS") && !event.submissionId().isEmpty();
    }

    void driver(DriverJobDefinitionEvent event, Job.Driver info, long endNs) {
        driver = event;
        driverInfo = info;
        driverEndNs = endNs;
    }

    /** @param event {@code null} when none came */
    void events(SubmissionJobDefinitionEvent event, List<SubmissionJobTransition> all) {
        definition = event;
        transitions = all;
    }

    void supervisor(Supervisor actor) {
        supervisor = actor;
    }

    void trace(SubmissionTrace told) {
        trace = told;
    }

    void logEvent(LogEvent event) {
        if (COMPLETED.matcher(event.message()).matches()) {
            completed = event;
        } else if (event.message().startsWith("Started a ray job")) {
            started = event;
        }
    }

    Job fold(Map<String, Node> nodes) {
        SubmissionOutcome outcome = outcome();
        String nodeId = nodeId();
        Integer exitCode = outcome.exitCode() == null && outcome.status().equals("SUCCEEDED") ? Integer.valueOf(0)
                : outcome.exitCode();
        boolean ended = outcome.provenance() != Provenance.UNFINISHED;
        return new Job(true, driverInfo == null ? "" : driverInfo.jobId(), submissionId, driverInfo, outcome.status(),
                entrypoint(), outcome.message(), outcome.errorType(), startMs(), ended ? endMs() : 0, metadata(),
                runtimeEnv(), agentAddress(nodeId, nodes), nodeId, exitCode, outcome.provenance());
    }

    private SubmissionOutcome outcome() {
        if (!transitions.isEmpty()) {
            return SubmissionOutcome.told(last());
        }
        if (completed != null) {
            Matcher matcher = COMPLETED.matcher(completed.message());
            if (matcher.matches()) {
                return SubmissionOutcome.completed(matcher.group(1), matcher.group(2).strip(), trace);
            }
        }
        if (trace.exitCode() != null) {
            return SubmissionOutcome.exited(trace);
        }
        if (trace.stopped()) {
            return SubmissionOutcome.stopped();
        }
        if (supervisor.diedNs() != 0 || driverEndNs != 0) {
            return SubmissionOutcome.lost();
        }
        return SubmissionOutcome.open(supervisor.started() || driver != null || !trace.entrypoint().isEmpty());
    }

    private long startMs() {
        if (!transitions.isEmpty()) {
            return transitions.get(0).timeNs() / 1_000_000;
        }
        if (trace.startTimeMs() != 0) {
            return trace.startTimeMs();
        }
        if (supervisor.createdNs() != 0) {
            return supervisor.createdNs() / 1_000_000;
        }
        return started == null ? 0 : started.timeSeconds() * 1000;
    }

    private long endMs() {
        if (!transitions.isEmpty()) {
            return last().timeNs() / 1_000_000;
        }
        if (trace.endTimeMs() != 0) {
            return trace.endTimeMs();
        }
        if (supervisor.diedNs() != 0) {
            return supervisor.diedNs() / 1_000_000;
        }
        if (completed != null) {
            return completed.timeSeconds() * 1000;
        }
        return driverEndNs / 1_000_000;
    }

    /** The submitted command; the driver's own command line, without what the shell added, is the next best. */
    private String entrypoint() {
        if (definition != null && !definition.entrypoint().isEmpty()) {
            return definition.entrypoint();
        }
        return !trace.entrypoint().isEmpty() || driver == null ? trace.entrypoint() : driver.entrypoint();
    }

    private Map<String, String> metadata() {
        Map<String, String> own = new TreeMap<>(
                definition != null ? definition.metadata() : driver != null ? driver.metadata() : Map.of());
        own.remove("job_submission_id");
        own.remove("job_name");
        return Collections.unmodifiableMap(own);
    }

    private String runtimeEnv() {
        if (definition != null && !definition.serializedRuntimeEnv().isEmpty()) {
            return definition.serializedRuntimeEnv();
        }
        return driver == null ? "" : driver.serializedRuntimeEnv();
    }

    /** The supervisor's node; the driver is its child process and never runs elsewhere. */
    private String nodeId() {
        if (!transitions.isEmpty() && !last().driverNodeId().isEmpty()) {
            return last().driverNodeId();
        }
        return !supervisor.nodeId().isEmpty() || driver == null ? supervisor.nodeId() : driver.driverNodeId();
    }

    private String agentAddress(String nodeId, Map<String, Node> nodes) {
        if (!transitions.isEmpty() && !last().driverAgentHttpAddress().isEmpty()) {
            return last().driverAgentHttpAddress();
        }
        String ip = WorkerFacts.ipOf(nodeId, nodes);
        // Ray's default agent port: nothing stored tells another one.
        return ip.isEmpty() ? "" : "http://" + ip + ":52365";
    }

    private SubmissionJobTransition last() {
        return transitions.get(transitions.size() - 1);
    }
}
