package io.rayhistory.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Leaves that agree with the live dashboard, per endpoint, and some of those that do not. */
final class Score {
    private static final int EXAMPLES = 40;

    /** Counts of one endpoint. */
    private static final class Tally {
        private int good;
        private int total;
    }

    private final Map<String, Tally> tallies = new TreeMap<>();
    private final List<String> misses = new ArrayList<>();

    void count(String resource, boolean agrees, String where) {
        Tally tally = tallies.computeIfAbsent(resource, r -> new Tally());
        tally.total++;
        if (agrees) {
            tally.good++;
        } else if (misses.stream().filter(m -> m.startsWith(resource)).count() < 5 && misses.size() < EXAMPLES) {
            misses.add(resource + ": " + (where.length() > 300 ? where.substring(0, 300) : where));
        }
    }

    /** One line per endpoint, {@code <endpoint> <agreeing>/<compared>}, by name. */
    List<String> lines() {
        return tallies.entrySet().stream().map(e -> e.getKey() + " " + e.getValue().good + "/" + e.getValue().total)
                .toList();
    }

    List<String> misses() {
        return misses;
    }

    /** Mean of the endpoints' shares, in percent. */
    double mean() {
        return tallies.values().stream().mapToDouble(t -> 100.0 * t.good / t.total).average().orElse(0);
    }

    /** Share of all leaves, in percent. */
    double leaves() {
        return 100.0 * tallies.values().stream().mapToInt(t -> t.good).sum()
                / tallies.values().stream().mapToInt(t -> t.total).sum();
    }
}
