package io.rayhistory.application.collect;

import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.layout.EndpointKey;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Which dashboard answers are kept, and how often they are asked for.
 *
 * @param additional requests (raw path and query) besides the built-in ones; those that would be stored under the name of
 *                   another are dropped
 * @param interval   from the beginning of one round to that of the next
 */
public record EndpointSettings(List<String> additional, Duration interval) {
    static final String JOBS = "/api/jobs/";
    static final String SERVE = "/api/serve/applications/";
    static final String DATASETS = "/api/data/datasets/";
    /** Asked once for each session, until they are there. */
    static final List<String> ONCE = List.of("/api/v0/cluster_metadata", "/timezone");
    private static final Duration AT_THE_END = Duration.ofDays(36_500);
    private static final List<String> BUILT_IN = List.of(JOBS, SERVE, "/api/v0/placement_groups?detail=1&limit=10000",
            "/api/v0/jobs?detail=1", "/api/version", "/nodes?view=summary", "/api/cluster_status?format=1");

    public EndpointSettings {
        if (interval.isNegative() || interval.isZero()) {
            throw HistoryException.invalid("poll interval " + interval + ": expected a time above zero");
        }
        Map<String, String> byKey = new LinkedHashMap<>();
        for (String given : additional) {
            String target = given.strip();
            if (!target.isEmpty()) {
                String rooted = target.startsWith("/") ? target : "/" + target;
                byKey.putIfAbsent(EndpointKey.of(rooted), rooted);
            }
        }
        BUILT_IN.forEach(target -> byKey.remove(EndpointKey.of(target)));
        ONCE.forEach(target -> byKey.remove(EndpointKey.of(target)));
        additional = List.copyOf(byKey.values());
    }

    /** The built-in ones only, every 30 seconds. */
    public static EndpointSettings defaults() {
        return new EndpointSettings(List.of(), Duration.ofSeconds(30));
    }

    /** The same for a store where nothing can be changed: answers that change are kept as they are at the end. */
    EndpointSettings writtenOnce() {
        return new EndpointSettings(additional, AT_THE_END);
    }

    /** True if there is one round, the last. */
    boolean onlyAtTheEnd() {
        return interval.equals(AT_THE_END);
    }

    /** What is asked in every round, but for the data sets of each job. */
    List<String> everyRound() {
        return Stream.concat(BUILT_IN.stream(), additional.stream()).toList();
    }
}
