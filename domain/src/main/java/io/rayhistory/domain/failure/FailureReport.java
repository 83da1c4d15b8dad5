package io.rayhistory.domain.failure;

import io.rayhistory.domain.event.TaskState;
import io.rayhistory.domain.history.Provenance;
import io.rayhistory.domain.history.SessionHistory;
import io.rayhistory.domain.history.TaskTable;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Why a session failed: every failure brought to its cause, the causes in order. Immutable and thread-safe. */
public final class FailureReport {
    private final List<FailureGroup> groups;
    private final Map<Integer, String> keys;
    private final int merged;
    private final int failedAttempts;
    private final int unfinished;
    private final ActivityStrip strip;
    private final List<RecordGaps.Gap> gaps;

    private FailureReport(SessionHistory history) {
        Grouping grouping = new Grouping(history);
        groups = grouping.ordered();
        keys = grouping.keys();
        merged = grouping.merged();
        int failed = 0;
        TaskTable tasks = history.tasks();
        for (int row = 0; row < tasks.size(); row++) {
            failed += tasks.state(row) == TaskState.FAILED ? 1 : 0;
        }
        failedAttempts = failed;
        strip = ActivityStrip.of(history, groups);
        unfinished = strip.unfinished();
        gaps = List.copyOf(RecordGaps.inRows(history));
    }

    /** Looks at every attempt once; keep the result as long as the history. */
    public static FailureReport of(SessionHistory history) {
        return new FailureReport(history);
    }

    /** Incidents, then failures, then what a retry made good; the first one is the likeliest cause. */
    public List<FailureGroup> groups() {
        return groups;
    }

    public Optional<FailureGroup> group(String key) {
        return groups.stream().filter(group -> group.key().equals(key)).findFirst();
    }

    /** The group of a failed attempt by its row in the task table; {@code ""} for one that is no failure. */
    public String keyOf(int row) {
        return keys.getOrDefault(row, "");
    }

    /** How many groups were too many and merged into others. */
    public int merged() {
        return merged;
    }

    /** Attempts whose last state is FAILED. */
    public int failedAttempts() {
        return failedAttempts;
    }

    /** Attempts still open when the record ends, drivers left out. */
    public int unfinished() {
        return unfinished;
    }

    /** Causes that did harm: groups that no retry made good. */
    public int causes() {
        return (int) groups.stream().filter(group -> !group.harmless()).count();
    }

    public Outcome outcome() {
        if (causes() > 0) {
            return Outcome.FAILED;
        }
        if (!groups.isEmpty()) {
            return Outcome.RECOVERED;
        }
        return unfinished > 0 ? Outcome.OPEN : Outcome.SUCCEEDED;
    }

    /** What the rows tell of what is missing. */
    List<RecordGaps.Gap> gaps() {
        return gaps;
    }

    public ActivityStrip strip() {
        return strip;
    }

    /** True for a row that was still open when the record ended. */
    static boolean isUnfinished(TaskTable tasks, int row) {
        return !tasks.state(row).isTerminal() && !tasks.isDriver(row)
                && tasks.get(row).provenance() == Provenance.UNFINISHED;
    }
}
