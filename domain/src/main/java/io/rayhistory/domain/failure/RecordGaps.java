package io.rayhistory.domain.failure;

import io.rayhistory.domain.history.Job;
import io.rayhistory.domain.history.Provenance;
import io.rayhistory.domain.history.SessionHistory;
import io.rayhistory.domain.history.Task;
import io.rayhistory.domain.history.TaskTable;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the record of a session lacks, in words. */
public final class RecordGaps {
    /** Damage that loses nothing: the same event twice, another session's event, an id spelled oddly. */
    private static final Set<String> HARMLESS = Set.of("duplicate", "other_session", "odd_id");
    private static final int LONGEST_NAME = 60;

    /**
     * @param kind  {@code silent} (a driver told nothing), {@code inferred}, {@code unfinished}, {@code damage} or
     *              {@code unknown}
     * @param loses whether failures may be missing because of it
     */
    public record Gap(String kind, String text, long count, boolean loses) {
    }

    private RecordGaps() {
    }

    /**
     * @param damage       pieces of the record that could not be read, by name
     * @param unknownTypes event types that nobody knows, with their numbers
     */
    public static List<Gap> of(FailureReport report, Map<String, Long> damage, Map<String, Long> unknownTypes) {
        List<Gap> gaps = new ArrayList<>(report.gaps());
        damage.forEach((name, count) -> {
            if (!HARMLESS.contains(name) && count > 0) {
                gaps.add(new Gap("damage", count + " pieces of the record are " + name.replace('_', ' ') + " and were skipped", count, true));
            }
        });
        unknownTypes.forEach((type, count) ->
                gaps.add(new Gap("unknown", count + " events of the unknown type " + cut(type) + " were skipped", count, false)));
        return gaps;
    }

    /** What the rows themselves tell; looks at every attempt. */
    static List<Gap> inRows(SessionHistory history) {
        List<Gap> gaps = new ArrayList<>();
        Map<String, Integer> silent = new TreeMap<>();
        int inferred = 0;
        int unfinished = 0;
        TaskTable tasks = history.tasks();
        for (int row = 0; row < tasks.size(); row++) {
            if (tasks.isDriver(row)) {
                continue;
            }
            Task task = tasks.get(row);
            if (!tasks.isDefined(row)) {
                silent.merge(task.jobId(), 1, Integer::sum);
            } else if (task.provenance() == Provenance.INFERRED) {
                inferred++;
            }
            unfinished += FailureReport.isUnfinished(tasks, row) ? 1 : 0;
        }
        silent.forEach((jobId, count) -> gaps.add(new Gap("silent", driver(history, jobId) + " did not export its events: "
                + attempts(count) + " known from workers alone, errors of that job may be missing", count, true)));
        if (inferred > 0) {
            gaps.add(new Gap("inferred", "the end of " + attempts(inferred) + " concluded from the end of something else", inferred,
                    false));
        }
        if (unfinished > 0) {
            gaps.add(new Gap("unfinished", attempts(unfinished) + " still open when the record stops", unfinished, false));
        }
        return gaps;
    }

    private static String attempts(int count) {
        return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? "attempt is" : "attempts are");
    }

    private static String driver(SessionHistory history, String jobId) {
        String entrypoint = history.job(jobId).map(Job::entrypoint).orElse("");
        return "The driver of job " + jobId + (entrypoint.isEmpty() ? "" : " (" + cut(entrypoint) + ")");
    }

    private static String cut(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() > LONGEST_NAME ? line.substring(0, LONGEST_NAME) + "\u2026" : line;
    }
}
