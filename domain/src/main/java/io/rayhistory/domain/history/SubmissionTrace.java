package io.rayhistory.domain.history;

/**
 * What the log files tell about one submitted job (events do not carry it; spec: one file name, first lines, exit lines).
 *
 * @param startTimeMs 0 when no log tells
 * @param endTimeMs   0 when no log tells
 * @param entrypoint  the submitted command, {@code ""} when no log tells
 * @param exitCode    of the entrypoint, {@code null} when no log tells
 * @param stopped     the supervisor says that somebody stopped it
 * @param lastLogText last 10 lines, at most 20,000 characters, of the job's log, for the failure message
 */
public record SubmissionTrace(String submissionId, long startTimeMs, long endTimeMs, String entrypoint,
                              Integer exitCode, boolean stopped, String lastLogText) {
}
