package io.rayhistory.application.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rayhistory.application.read.SubmissionLogs.Start;
import org.junit.jupiter.api.Test;

import java.time.LocalDateTime;
import java.util.Optional;

class SubmissionLinesTest {

    @Test
    void anAgentsLineTellsWhichSubmissionStartedWhen() {
        assertEquals(Optional.of(new Start("raysubmit_demo", "n",
                        LocalDateTime.of(2026, 11, 22, 20, 21, 50, 215_000_000), 0)),
                SubmissionLogs.start("n", "2026-11-22 20:21:50,215\tINFO job_manager.py:533 -- "
                        + "Starting job with submission_id: raysubmit_demo"));
    }

    @Test
    void aJsonLineTellsItTooAndMoreExactly() {
        assertEquals(Optional.of(new Start("my job", "n",
                        LocalDateTime.of(2026, 11, 22, 20, 21, 50, 215_000_000), 1795378910215000001L)),
                SubmissionLogs.start("n", "{\"asctime\": \"2026-11-22 20:21:50,215\", \"message\": "
                        + "\"Starting job with submission_id: my job\", \"timestamp_ns\": 1795378910215000001}"));
    }

    @Test
    void otherLinesTellNothing() {
        assertEquals(Optional.empty(), SubmissionLogs.start("n", "2026-11-22 20:21:50,215\tINFO other"));
        assertEquals(Optional.empty(), SubmissionLogs.start("n", "Starting job with submission_id: no_time"));
    }

    @Test
    void raysVersionIsReadFromBothHeaders() {
        assertEquals(Optional.of("2.60.0"), RayVersionLines.in("[2026-11-22 20:21:17,004 I 19758 19758] (gcs_server) "
                + "gcs_server_main.cc:98: Ray cluster metadata ray_version=2.60.0 ray_commit=b7f4"));
        assertEquals(Optional.of("3.0.0.dev0"),
                RayVersionLines.in("2026 INFO monitor.py:731 -- Ray version: 3.0.0.dev0"));
        assertEquals(Optional.empty(), RayVersionLines.in("will be removed in a future Ray version."));
    }
}
