package io.rayhistory.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.read.LoadReport;
import io.rayhistory.application.read.StoredSession;
import io.rayhistory.domain.history.Job;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Loads the recording as its collectors left it, and compares with what the live dashboard said. */
class LoadingTest {
    private final RecordedStore recorded = new RecordedStore();
    private final StoredSession session = recorded.load();

    @Test
    void everythingStoredIsReadAndNothingIsLost() {
        LoadReport report = session.report();
        assertEquals(2500, report.events());
        assertEquals(418, report.eventsByType().get("TASK_DEFINITION_EVENT"));
        assertEquals(report.events(), report.eventsByType().values().stream().mapToLong(Long::longValue).sum());
        assertEquals(Map.of(), report.damage());
        assertEquals(Map.of(), report.unknownTypes());
        assertEquals(Map.of(), report.damageByFile());
        assertEquals(10, session.history().logEvents().size());
        assertEquals("135e95d4188975a3935d21fa18c502000000",
                session.history().placementGroups().get(0).placementGroupId());
    }

    @Test
    void versionAndZoneComeFromStoredAnswers() {
        assertEquals("2.60.0", session.rayVersion());
        assertEquals(Map.of("offset", "+00:00", "value", "Europe/London"), session.timezone());
    }

    @Test
    void withoutStoredAnswersLogsTellTheVersionAndExactLinesTheZone() {
        recorded.names(name -> name.contains("/fetched_endpoints/")).forEach(recorded.store()::delete);
        StoredSession bare = recorded.load();
        assertEquals("2.60.0", bare.rayVersion());
        assertEquals(Map.of(), bare.timezone());
        assertEquals(job(session, "raysubmit_demo"), job(bare, "raysubmit_demo"));
    }

    /** Ends are 2 ms early: the supervisor logs the exit before it stores the end. */
    @Test
    void submittedJobsAreWhatTheLiveDashboardSaid() {
        Job succeeded = job(session, "raysubmit_demo");
        assertEquals("SUCCEEDED", succeeded.status());
        assertEquals("env N=300 /opt/ray/bin/python /opt/app/work2.py", succeeded.entrypoint());
        assertEquals(1795378910215L, succeeded.startTimeMs());
        assertEquals(1795378932423L - 2, succeeded.endTimeMs());
        assertEquals("Job finished successfully.", succeeded.message());
        Job failed = job(session, "raysubmit_fail");
        assertEquals("FAILED", failed.status());
        assertEquals(3, failed.driverExitCode());
        assertEquals("JOB_ENTRYPOINT_COMMAND_ERROR", failed.errorType());
        assertEquals(1795378937201L, failed.startTimeMs());
        assertEquals("Job entrypoint command failed with exit code 3, last available logs "
                + "(truncated to 20,000 chars):\n2026-11-22 20:22:17,203\tINFO job_manager.py:581 "
                + "-- Runtime env is setting up.\n"
                + "Running entrypoint for job raysubmit_fail: /opt/ray/bin/python -c 'raise SystemExit(3)'\n",
                failed.message());
    }

    @Test
    void logsAndAnswersOfTheSessionAreAtHand() {
        assertTrue(session.logs().nodes().contains(RecordedStore.HEAD));
        assertTrue(session.endpoints().has("/timezone"));
        ObjectInfo log = session.logs().find(RecordedStore.HEAD, "gcs_server.out").orElseThrow();
        String text = session.logs().read(log, 0, 200,
                (stream, info) -> new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        assertTrue(text.contains("ray_version=2.60.0"), text);
    }

    @Test
    void loadingAgainGivesTheSame() {
        assertEquals(RecordedStore.content(session), RecordedStore.content(recorded.load()));
    }

    /** Lines lie across the ranges' ends, at other places in every copy. */
    @Test
    void aFileOfSeveralRangesGivesWhatItsLinesGive() {
        String name = recorded.eventFiles().stream()
                .max(Comparator.comparingInt(file -> recorded.bytes(file).length)).orElseThrow();
        String lines = new String(recorded.bytes(name), StandardCharsets.UTF_8);
        int copies = (20 << 20) / lines.length() + 1;
        recorded.put(name, lines.repeat(copies).getBytes(StandardCharsets.UTF_8));
        StoredSession large = recorded.load();
        long more = lines.lines().count() * (copies - 1);
        assertEquals(session.report().events() + more, large.report().events());
        assertEquals(more, large.report().damage().get("duplicate"));
        assertEquals(RecordedStore.content(session), RecordedStore.content(large));
    }

    @Test
    void aFileThatHasNoRangesIsReadAsAWhole() {
        String name = recorded.eventFiles().stream()
                .max(Comparator.comparingInt(file -> recorded.bytes(file).length)).orElseThrow();
        String lines = new String(recorded.bytes(name), StandardCharsets.UTF_8);
        String array = "[" + lines.repeat((20 << 20) / lines.length() + 1).strip().replace("\n", ",\n") + "]";
        recorded.put(name, array.getBytes(StandardCharsets.UTF_8));
        assertEquals(RecordedStore.content(session), RecordedStore.content(recorded.load()));
    }

    @Test
    void aSilentOwnersRunningTasksAreNamedByTheirWorkersOutput() {
        List<String> owner = List.of("\"TASK_DEFINITION_EVENT\"", "PENDING_", "SUBMITTED_TO_WORKER", "\"FINISHED\"",
                "\"FAILED\"", "\"TASK_PROFILE_EVENT\"");
        recorded.keepEvents(line -> !line.contains("BwAAAA==") && !line.contains("AcAAAA")
                || owner.stream().noneMatch(line::contains));
        StoredSession silent = recorded.load();
        long named = 0;
        for (int row = 0; row < silent.history().tasks().size(); row++) {
            var task = silent.history().tasks().get(row);
            if (task.jobId().equals("07000000") && task.inferredFrom().startsWith("executor")
                    && task.name().equals("sleepy")) {
                named++;
            }
        }
        assertTrue(named > 0, "no task of the silent driver was named");
    }

    private static Job job(StoredSession session, String id) {
        return session.history().job(id).orElseThrow();
    }
}
