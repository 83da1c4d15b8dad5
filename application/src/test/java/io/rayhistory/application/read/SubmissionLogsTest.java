package io.rayhistory.application.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rayhistory.application.port.InMemoryObjectStore;
import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.read.SubmissionFiles.Files;
import io.rayhistory.application.read.SubmissionFiles.Stored;
import io.rayhistory.application.read.SubmissionLogs.Start;
import io.rayhistory.domain.history.SubmissionTrace;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

class SubmissionLogsTest {
    private static final String DRIVER = "2026-11-22 20:21:50,217\tINFO job_manager.py:581 -- Runtime env is "
            + "setting up.\nRunning entrypoint for job j: python work.py --x=1\nfirst\nlast\n";
    private static final String RUN = "2026-11-22 20:21:51,377\tINFO job_supervisor.py:375 -- Submitting job with "
            + "RAY_ADDRESS = 192.0.2.2:6380 timestamp_ns=1795378911377106329\n";
    private static final Start START = new Start("j", "head",
            LocalDateTime.of(2026, 11, 22, 20, 21, 50, 215_000_000), 0);

    private final InMemoryObjectStore store = new InMemoryObjectStore();
    private final SubmissionLogs logs = new SubmissionLogs(store, ZoneOffset.UTC);

    private Stored stored(String node, String name, String text) {
        store.plant(name, text.getBytes(StandardCharsets.UTF_8));
        return new Stored(node, store.find(name).orElseThrow());
    }

    private static String ended(String message) {
        return "2026-11-22 20:22:12,421\tINFO job_supervisor.py:437 -- Job j " + message
                + " job_id=03000000 timestamp_ns=1795378932421356706\n";
    }

    private SubmissionTrace trace(String driver, String supervisor) {
        return logs.trace("j", new Files(stored("head", "d", driver), stored("head", "s", supervisor)), START);
    }

    @Test
    void aSucceededJobIsToldByItsLogs() {
        assertEquals(new SubmissionTrace("j", 1795378910215L, 1795378932421L, "python work.py --x=1", 0, false, ""),
                trace(DRIVER, RUN + ended("entrypoint command exited with code 0")));
    }

    @Test
    void aFailedJobBringsTheEndOfItsLog() {
        SubmissionTrace trace = trace(DRIVER, RUN + ended("entrypoint command exited with code 3"));
        assertEquals(3, trace.exitCode());
        assertEquals(DRIVER, trace.lastLogText());
    }

    @Test
    void aJobKilledByASignalHasANegativeExitCode() {
        assertEquals(-9, trace(DRIVER, RUN + ended("entrypoint command exited with code -9")).exitCode());
    }

    @Test
    void aStoppedJobHasNoExitCode() {
        for (String message : List.of("has been terminated gracefully with SIGTERM.",
                "timed out after 3 seconds. Job is now being force-killed with SIGKILL.")) {
            SubmissionTrace trace = trace(DRIVER, RUN + ended(message));
            assertTrue(trace.stopped());
            assertNull(trace.exitCode());
            assertEquals(1795378932421L, trace.endTimeMs());
        }
    }

    @Test
    void aRunningJobHasNoEnd() {
        SubmissionTrace trace = trace(DRIVER, RUN);
        assertNull(trace.exitCode());
        assertEquals(0, trace.endTimeMs());
    }

    @Test
    void aJobThatNeverGotItsDriverHasOnlyAStart() {
        SubmissionTrace trace = logs.trace("j", new Files(stored("head", "d", "setting up\n"), null), START);
        assertEquals(new SubmissionTrace("j", 1795378910215L, 0, "", null, false, "setting up\n"), trace);
    }

    @Test
    void theEntrypointIsFoundBehindALongRuntimeEnvSetup() {
        assertEquals("python work.py --x=1", trace("pip says something\n".repeat(20_000) + DRIVER, RUN).entrypoint());
    }

    @Test
    void ofALongDriverLogOnlyTheEndIsQuoted() {
        String text = DRIVER + "x".repeat(300_000) + "\nthe end\n";
        String quoted = trace(text, RUN + ended("entrypoint command exited with code 1")).lastLogText();
        assertEquals(text.substring(text.length() - LogTail.CHARACTERS), quoted);
    }

    @Test
    void aClockOutsideUtcIsSetRightByTheSupervisorsExactTime() {
        String there = RUN.replace("2026-11-22 20:21", "2026-11-23 05:21");
        Start start = new Start("j", "head", START.local().plusHours(9), 0);
        SubmissionTrace trace = logs.trace("j", new Files(null, stored("head", "s", there)), start);
        assertEquals(1795378910215L, trace.startTimeMs());
    }

    @Test
    void anotherNodesClockProvesNothingAboutTheAgents() {
        String there = RUN.replace("2026-11-22 20:21", "2026-11-23 05:21");
        SubmissionTrace trace = logs.trace("j", new Files(null, stored("worker", "s", there)), START);
        assertEquals(1795378910215L, trace.startTimeMs());
    }

    @Test
    void withoutProofTheStoredZoneCounts() {
        SubmissionLogs tokyo = new SubmissionLogs(store, ZoneId.of("Asia/Tokyo"));
        Start start = new Start("j", "head", START.local().plusHours(9), 0);
        String old = ended("entrypoint command exited with code 0").replaceAll(" timestamp_ns=\\d+", "")
                .replace("2026-11-22 20:22", "2026-11-23 05:22");
        SubmissionTrace trace = tokyo.trace("j", new Files(null, stored("head", "s", old)), start);
        assertEquals(1795378910215L, trace.startTimeMs());
        assertEquals(1795378932421L, trace.endTimeMs());
    }

    @Test
    void allStartsOfAnAgentLogAreFound() {
        String log = "2026-11-22 20:21:20,751\tINFO agent.py:177 -- Dashboard agent grpc address: 192.0.2.2:43235\n"
                + "2026-11-22 20:21:50,215\tINFO job_manager.py:533 -- Starting job with submission_id: a\n"
                + "2026-11-22 20:22:17,201\tINFO job_manager.py:533 -- Starting job with submission_id: b";
        List<String> ids = new ArrayList<>();
        logs.starts(stored("head", "agent", log), start -> ids.add(start.submissionId()));
        assertEquals(List.of("a", "b"), ids);
    }

    @Test
    void aLogThatHasVanishedTellsNothing() {
        ObjectInfo gone = stored("head", "gone", DRIVER).object();
        store.delete("gone");
        assertEquals(new SubmissionTrace("j", 0, 0, "", null, false, ""),
                logs.trace("j", new Files(new Stored("head", gone), new Stored("head", gone)), null));
    }
}
