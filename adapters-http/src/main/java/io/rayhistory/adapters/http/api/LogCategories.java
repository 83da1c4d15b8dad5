package io.rayhistory.adapters.http.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sorts log names into the groups the web client shows (Ray: {@code python/ray/util/state/state_manager.py} and {@code log_manager.py}). */
final class LogCategories {

    private LogCategories() {
    }

    /** Names by category, categories in order of first appearance, names in the order given. */
    static Map<String, List<String>> group(List<String> names) {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        for (String name : names) {
            groups.computeIfAbsent(of(name), category -> new ArrayList<>()).add(name);
        }
        return groups;
    }

    /** The category of a name; the first rule that fits decides. */
    static String of(String name) {
        if (name.contains("worker") && name.endsWith(".out")) {
            return "worker_out";
        }
        if (name.contains("worker") && name.endsWith(".err")) {
            return "worker_err";
        }
        if (name.contains("core-worker") && name.endsWith(".log")) {
            return "core_worker";
        }
        if (name.contains("core-driver") && name.endsWith(".log")) {
            return "driver";
        }
        if (name.contains("raylet.")) {
            return "raylet";
        }
        if (name.contains("gcs_server.")) {
            return "gcs_server";
        }
        if (name.contains("log_monitor")) {
            return "internal";
        }
        if (name.contains("monitor")) {
            return "autoscaler";
        }
        if (name.contains("agent.")) {
            return "agent";
        }
        return name.contains("dashboard.") ? "dashboard" : "internal";
    }
}
