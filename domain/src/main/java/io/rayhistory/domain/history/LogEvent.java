package io.rayhistory.domain.history;

/**
 * One line of a {@code logs/events/event_*.log} file, of either dialect.
 *
 * @param timeSeconds  seconds since the epoch
 * @param jobId        {@code custom_fields.job_id}, {@code ""} when absent
 * @param submissionId {@code custom_fields.submission_id}, {@code ""} when absent
 * @param hostname     {@code host_name} or {@code source_hostname}
 * @param pid          {@code pid} or {@code source_pid} as text
 * @param json         the whole object as compact JSON text, keys as in the file, the message unescaped
 */
public record LogEvent(String eventId, long timeSeconds, String severity, String sourceType, String label,
                       String message, String jobId, String submissionId, String hostname, String pid, String json) {
}
