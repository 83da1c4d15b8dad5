package io.rayhistory.adapters.http.api;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a raylet wrote about its resources into {@code debug_state.txt} shortly before the end (Ray: {@code
 * src/ray/raylet/scheduling/cluster_resource_scheduler.cc}, {@code DebugString}). Amounts are fixed point, times
 * 10,000, one number per instance.
 *
 * @param total     resource name to amount, group resources of placement groups included
 * @param available what of it was free
 */
record DebugState(Map<String, Double> total, Map<String, Double> available) {
    static final DebugState UNKNOWN = new DebugState(Map.of(), Map.of());

    private static final Pattern LOCAL = Pattern.compile(
            "Local resources: *\\{\"total\" *: *\\{([^}]*)}, *\"available\" *: *\\{([^}]*)}");
    private static final Pattern AMOUNT = Pattern.compile("([^\\s,\\[\\]]+): *\\[([\\d, ]*)]");
    private static final double UNIT = 10_000;

    static DebugState parse(String text) {
        Matcher local = LOCAL.matcher(text);
        return local.find() ? new DebugState(amounts(local.group(1)), amounts(local.group(2))) : UNKNOWN;
    }

    boolean known() {
        return !total.isEmpty();
    }

    private static Map<String, Double> amounts(String list) {
        Map<String, Double> amounts = new LinkedHashMap<>();
        for (Matcher amount = AMOUNT.matcher(list); amount.find(); ) {
            double sum = 0;
            for (String instance : amount.group(2).split(",")) {
                String digits = instance.strip();
                sum += digits.isEmpty() || digits.length() > 18 ? 0 : Long.parseLong(digits);
            }
            amounts.put(amount.group(1), sum / UNIT);
        }
        return amounts;
    }
}
