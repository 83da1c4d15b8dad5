package io.rayhistory.domain.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Collects log events. Events of one file must come in the order of its lines; the order of the files says nothing.
 * Their stamps are whole seconds, so events of one second go by the process that wrote them: each has a file of its
 * own. Not thread-safe.
 */
final class LogEventFacts {
    /** As many per job as the dashboard keeps (Ray: {@code python/ray/dashboard/modules/event/event_consts.py}). */
    static final int MAX_PER_JOB = 10_000;
    private static final Comparator<LogEvent> AGE = Comparator.comparingLong(LogEvent::timeSeconds)
            .thenComparing(LogEvent::sourceType).thenComparing(LogEvent::hostname).thenComparing(LogEvent::pid)
            .thenComparing(LogEvent::jobId);

    private final Map<String, Map<String, LogEvent>> byJob = new LinkedHashMap<>();

    /** The same id again replaces the event where it stands. */
    void add(LogEvent event) {
        Map<String, LogEvent> ofJob = byJob.computeIfAbsent(event.jobId(), job -> new LinkedHashMap<>());
        ofJob.put(event.eventId(), event);
        if (ofJob.size() > MAX_PER_JOB + MAX_PER_JOB / 10) {
            trim(ofJob);
        }
    }

    /** Oldest first. */
    List<LogEvent> fold() {
        List<LogEvent> all = new ArrayList<>();
        for (Map<String, LogEvent> ofJob : byJob.values()) {
            if (ofJob.size() > MAX_PER_JOB) {
                trim(ofJob);
            }
            all.addAll(ofJob.values());
        }
        all.sort(AGE);
        return List.copyOf(all);
    }

    private static void trim(Map<String, LogEvent> ofJob) {
        Set<String> drop = ofJob.values().stream().sorted(AGE).limit(ofJob.size() - MAX_PER_JOB)
                .map(LogEvent::eventId).collect(Collectors.toSet());
        ofJob.keySet().removeAll(drop);
    }
}
