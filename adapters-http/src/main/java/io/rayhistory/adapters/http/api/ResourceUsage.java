package io.rayhistory.adapters.http.api;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Used and total amounts of resources, and the lines in which Ray prints them (Ray: {@code
 * python/ray/autoscaler/_private/util.py}, {@code parse_usage} and {@code format_memory}).
 */
final class ResourceUsage {
    private static final Pattern IN_GROUP = Pattern.compile("(.+)_group_(?:(\\d+)_)?[0-9a-f]{36}");
    private static final String[] UNITS = {"TiB", "GiB", "MiB", "KiB"};

    private record Amount(double used, double total) {
        Amount plus(double moreUsed, double moreTotal) {
            return new Amount(used + moreUsed, total + moreTotal);
        }
    }

    private final Map<String, Amount> amounts = new TreeMap<>();

    /** Adds a node: what its raylet said last, or, when it said nothing, its resources as unused. */
    ResourceUsage add(Map<String, Double> registered, DebugState state) {
        Map<String, Double> total = state.known() ? state.total() : registered;
        total.forEach((name, amount) -> {
            double used = state.known() ? amount - state.available().getOrDefault(name, 0.0) : 0;
            amounts.merge(name, new Amount(used, amount), (a, b) -> a.plus(b.used(), b.total()));
        });
        return this;
    }

    boolean isEmpty() {
        return amounts.isEmpty();
    }

    /** Name to used and total, those of placement groups left out. */
    Map<String, double[]> plain() {
        Map<String, double[]> plain = new TreeMap<>();
        amounts.forEach((name, amount) -> {
            if (!IN_GROUP.matcher(name).matches()) {
                plain.put(name, new double[] {round(amount.used()), round(amount.total())});
            }
        });
        return plain;
    }

    List<String> lines() {
        Map<String, Amount> inGroups = inGroups();
        List<String> lines = new ArrayList<>();
        amounts.forEach((name, amount) -> {
            if (name.contains("node:") || name.startsWith("accelerator_type:") || IN_GROUP.matcher(name).matches()) {
                return;
            }
            Amount group = inGroups.get(name);
            double used = group == null ? amount.used() : amount.used() - group.total() + group.used();
            lines.add(text(name, used) + "/" + text(name, amount.total()) + " " + name + (group == null ? ""
                    : " (" + text(name, group.used()) + " used of " + text(name, group.total())
                    + " reserved in placement groups)"));
        });
        return lines;
    }

    /** Groups list what they reserve twice, by bundle and as a whole; only the whole counts. */
    private Map<String, Amount> inGroups() {
        Map<String, Amount> groups = new HashMap<>();
        amounts.forEach((name, amount) -> {
            Matcher group = IN_GROUP.matcher(name);
            if (group.matches()) {
                boolean whole = group.group(2) == null;
                groups.merge(group.group(1), whole ? amount : new Amount(0, 0), (a, b) -> a.plus(b.used(), b.total()));
            }
        });
        return groups;
    }

    private static String text(String resource, double amount) {
        return resource.equals("memory") || resource.equals("object_store_memory") ? memory(amount) : plain(amount);
    }

    /** Bytes as {@code 22.63GiB}; below one KiB {@code 17B}. */
    static String memory(double bytes) {
        double unit = Math.pow(2, 40);
        for (String name : UNITS) {
            if (bytes >= unit) {
                return String.format(Locale.ROOT, "%.2f%s", bytes / unit, name);
            }
            unit /= 1024;
        }
        return (long) bytes + "B";
    }

    /** As Python prints a float: {@code 2.0}, {@code 0.2}. */
    static String plain(double amount) {
        double rounded = round(amount);
        return rounded == Math.rint(rounded) && Math.abs(rounded) < 1e15 ? (long) rounded + ".0" : Double.toString(rounded);
    }

    private static double round(double amount) {
        return Math.round(amount * 10_000) / 10_000.0;
    }
}
