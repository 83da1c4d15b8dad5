package io.rayhistory.domain.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.rayhistory.domain.event.SubmissionJobDefinitionEvent;
import io.rayhistory.domain.event.SubmissionJobTransition;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class SubmissionFoldTest {
    private static final Map<String, Node> NODES = Map.of(Told.NODE, Told.nodeRow(Told.NODE, "10.0.0.1"));
    private final SubmissionFold fold = new SubmissionFold("sub");

    private static LogEvent logged(long seconds, String message) {
        return new LogEvent("e" + seconds, seconds, "INFO", "JOBS", "", message, "", "sub", "vm", "1", "{}");
    }

    private static SubmissionTrace trace(Integer exitCode, boolean stopped, String lastLogText) {
        return new SubmissionTrace("sub", 1000, 2000, "echo hi", exitCode, stopped, lastLogText);
    }

    private void driver() {
        fold.driver(Told.job(30, "04000000", Map.of("job_submission_id", "sub", "job_name", "sub", "team", "obs")),
                new Job.Driver("04000000", "10.0.0.1", 99), 0);
    }

    private Job job() {
        return fold.fold(NODES);
    }

    @Test
    void submittedJobIsPutTogetherFromLogsActorAndDriver() {
        driver();
        fold.trace(trace(0, false, ""));
        fold.supervisor(new Supervisor(Told.NODE, Told.ns(1100), true, Told.ns(2100)));
        fold.logEvent(logged(1, "Started a ray job sub."));
        fold.logEvent(logged(2, "Completed a ray job sub with a status SUCCEEDED."));
        assertEquals(new Job(true, "04000000", "sub", new Job.Driver("04000000", "10.0.0.1", 99), "SUCCEEDED", "echo hi",
                "Job finished successfully.", "", 1000, 2000, Map.of("team", "obs"), "{\"a\":1}",
                "http://10.0.0.1:52365", Told.NODE, 0, Provenance.RECORDED), job());
    }

    @Test
    void failedEntrypointShowsItsExitCodeAndLastOutput() {
        fold.trace(trace(3, false, "one\ntwo\n"));
        fold.logEvent(logged(2, "Completed a ray job sub with a status FAILED."));
        Job job = job();
        assertEquals("FAILED", job.status());
        assertEquals("Job entrypoint command failed with exit code 3, last available logs (truncated to 20,000 chars):\n"
                + "one\ntwo\n", job.message());
        assertEquals("JOB_ENTRYPOINT_COMMAND_ERROR", job.errorType());
        assertEquals(3, job.driverExitCode());
        assertNull(job.driver());
        assertEquals("", job.jobId());
    }

    @Test
    void exitCodeAloneTellsTheStatus() {
        fold.trace(trace(0, false, ""));
        assertEquals("SUCCEEDED", job().status());
        fold.trace(trace(1, false, ""));
        assertEquals("FAILED", job().status());
        assertEquals("Job entrypoint command failed with exit code 1. No logs available.", job().message());
    }

    @Test
    void failureWithoutExitCodeKeepsTheTextOfTheLogEvent() {
        fold.logEvent(logged(2, "Completed a ray job sub with a status FAILED. runtime_env setup failed"));
        Job job = job();
        assertEquals("runtime_env setup failed", job.message());
        assertEquals(2000, job.endTimeMs());
        assertNull(job.driverExitCode());
    }

    @Test
    void stoppedJobSaysSo() {
        fold.trace(trace(null, true, ""));
        assertEquals("STOPPED", job().status());
        assertEquals("Job was intentionally stopped.", job().message());
        assertNull(job().driverExitCode());
    }

    @Test
    void endWithoutOutcomeIsNeverASuccess() {
        fold.supervisor(new Supervisor(Told.NODE, Told.ns(1100), true, Told.ns(2100)));
        Job job = job();
        assertEquals("STOPPED", job.status());
        assertEquals("The job ended; its outcome was not recorded.", job.message());
        assertEquals(Provenance.INFERRED, job.provenance());
        assertEquals(1100, job.startTimeMs());
        assertEquals(2100, job.endTimeMs());
    }

    @Test
    void openJobIsRunningOncePlacedAndPendingBefore() {
        fold.supervisor(new Supervisor("", Told.ns(1100), false, 0));
        assertEquals("PENDING", job().status());
        assertEquals("Job has not started yet.", job().message());
        fold.supervisor(new Supervisor(Told.NODE, Told.ns(1100), true, 0));
        assertEquals("RUNNING", job().status());
        assertEquals(0, job().endTimeMs());
        assertEquals(Provenance.UNFINISHED, job().provenance());
    }

    @Test
    void withoutTheSupervisorTheDriverTellsCommandAndNode() {
        driver();
        Job job = job();
        assertEquals("python x.py", job.entrypoint());
        assertEquals(Told.NODE, job.driverNodeId());
        assertEquals("RUNNING", job.status());
    }

    @Test
    void eventsOfTheSubmissionItselfWinOverEverything() {
        driver();
        fold.trace(trace(1, false, "log"));
        fold.events(new SubmissionJobDefinitionEvent(Told.at(5), "sub", "make all", "{}", Map.of("k", "v")), List.of(
                new SubmissionJobTransition("PENDING", Told.ns(5), "", "", "", "", null),
                new SubmissionJobTransition("SUCCEEDED", Told.ns(70), "done", "", Told.NODE, "http://h:1", null)));
        assertEquals(new Job(true, "04000000", "sub", new Job.Driver("04000000", "10.0.0.1", 99), "SUCCEEDED",
                "make all", "done", "", 5, 70, Map.of("k", "v"), "{}", "http://h:1", Told.NODE, 0,
                Provenance.RECORDED), job());
    }
}
