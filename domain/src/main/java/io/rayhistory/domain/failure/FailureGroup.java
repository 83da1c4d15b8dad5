package io.rayhistory.domain.failure;

import java.util.List;
import java.util.Map;

/**
 * One cause and all that failed because of it.
 *
 * @param key         ten hex digits, the same for the same cause in another load or another session
 * @param title       at most 120 characters, in words
 * @param origin      where the exception came from; {@link Origin#NONE} without one
 * @param subject     what died, for an incident; {@link Subject#NONE} otherwise
 * @param detail      why, in the cluster's own words; {@code ""} when nobody said
 * @param victims     the attempts that failed
 * @param actors      actors that died of it
 * @param firstMs     the first failure, 0 when no time is known
 * @param failedJob   touches a job that failed
 * @param inferred    all that is known of it was concluded, not recorded
 */
public record FailureGroup(String key, Section section, Kind kind, String title, Origin origin, Subject subject,
                           String detail, Victims victims, List<String> actors, long firstMs, long lastMs,
                           boolean failedJob, boolean inferred) {

    /** Where a group stands. */
    public enum Section { INCIDENT, FAILED, RECOVERED }

    /** What the cause is. The first four are incidents. */
    public enum Kind { NODE, MEMORY, JOB, ACTOR, EXCEPTION, ERROR }

    /** @param line of the newest attempt; not part of what makes a group */
    public record Origin(String exceptionClass, String message, String function, String file, int line) {
        public static final Origin NONE = new Origin("", "", "", "", 0);
    }

    /** Ids, {@code ""} where they mean nothing. */
    public record Subject(String nodeId, String jobId, String workerId, String actorId) {
        public static final Subject NONE = new Subject("", "", "", "");
    }

    /**
     * @param rows       rows of the session's task table, newest failure first
     * @param tasks      how many tasks they belong to
     * @param recovered  attempts whose task finished in the end
     * @param functions  with their number of attempts, most first
     * @param nodes      likewise; attempts that ran nowhere do not count
     * @param errorTypes Ray's names, likewise
     * @param jobs       likewise
     */
    public record Victims(List<Integer> rows, int tasks, int recovered, Map<String, Integer> functions,
                          Map<String, Integer> nodes, Map<String, Integer> errorTypes, Map<String, Integer> jobs) {
        public int attempts() {
            return rows.size();
        }
    }

    public FailureGroup {
        actors = List.copyOf(actors);
    }

    /** What a list shows as its number: attempts, or the thing itself. */
    public int count() {
        return Math.max(1, victims.attempts());
    }

    /** Whether nothing was lost in the end: every task was tried again and finished, and no actor and no job is gone. */
    public boolean harmless() {
        return kind != Kind.JOB && kind != Kind.ACTOR && actors.isEmpty() && victims.recovered() == victims.attempts();
    }
}
