package io.rayhistory.domain.history;

import io.rayhistory.domain.event.SubmissionJobTransition;

import java.util.Set;

/**
 * How a submitted job stands, with the texts that Ray's dashboard uses
 * (Ray: {@code python/ray/dashboard/modules/job/common.py} and {@code job_supervisor.py}).
 *
 * @param exitCode {@code null} when unknown
 */
record SubmissionOutcome(String status, String message, String errorType, Integer exitCode, Provenance provenance) {
    private static final Set<String> TERMINAL = Set.of("STOPPED", "SUCCEEDED", "FAILED");

    static SubmissionOutcome told(SubmissionJobTransition last) {
        String status = last.state().equals("UNSPECIFIED") ? "PENDING" : last.state();
        String message = last.message().isEmpty() ? defaultMessage(status) : last.message();
        return new SubmissionOutcome(status, message, last.errorType(), last.driverExitCode(),
                TERMINAL.contains(status) ? Provenance.RECORDED : Provenance.UNFINISHED);
    }

    /** @param error text behind the status, {@code ""} when there is none */
    static SubmissionOutcome completed(String status, String error, SubmissionTrace trace) {
        boolean exited = status.equals("FAILED") && trace.exitCode() != null && trace.exitCode() != 0;
        if (exited) {
            return exited(trace);
        }
        String message = error.isEmpty() ? defaultMessage(status) : error;
        return new SubmissionOutcome(status, message, "", trace.exitCode(), Provenance.RECORDED);
    }

    static SubmissionOutcome exited(SubmissionTrace trace) {
        if (trace.exitCode() == 0) {
            return new SubmissionOutcome("SUCCEEDED", defaultMessage("SUCCEEDED"), "", 0, Provenance.RECORDED);
        }
        String message = "Job entrypoint command failed with exit code " + trace.exitCode()
                + (trace.lastLogText().isEmpty() ? ". No logs available."
                : ", last available logs (truncated to 20,000 chars):\n" + trace.lastLogText());
        return new SubmissionOutcome("FAILED", message, "JOB_ENTRYPOINT_COMMAND_ERROR", trace.exitCode(),
                Provenance.RECORDED);
    }

    static SubmissionOutcome stopped() {
        return new SubmissionOutcome("STOPPED", defaultMessage("STOPPED"), "", null, Provenance.RECORDED);
    }

    /** It ended, nobody knows how. Never SUCCEEDED without proof. */
    static SubmissionOutcome lost() {
        return new SubmissionOutcome("STOPPED", "The job ended; its outcome was not recorded.", "", null,
                Provenance.INFERRED);
    }

    static SubmissionOutcome open(boolean started) {
        String status = started ? "RUNNING" : "PENDING";
        return new SubmissionOutcome(status, defaultMessage(status), "", null, Provenance.UNFINISHED);
    }

    private static String defaultMessage(String status) {
        switch (status) {
            case "PENDING":
                return "Job has not started yet.";
            case "RUNNING":
                return "Job is currently running.";
            case "STOPPED":
                return "Job was intentionally stopped.";
            case "SUCCEEDED":
                return "Job finished successfully.";
            default:
                return "Job failed.";
        }
    }
}
