package io.rayhistory.golden;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.Map;
import java.util.TreeSet;
import java.util.Set;
import java.util.regex.Pattern;

/** One recorded answer of the live dashboard, and how far an answer of ours agrees with it. */
record LiveAnswer(String uri, int status, JsonNode json, String text) {
    /** What only a running cluster can know: statistics of hosts and processes, ports, clocks. */
    private static final Pattern VOLATILE = Pattern.compile("(^|\\.)(now|cpus?|mem|shm|disk(Io(Speed)?)?|network(Speed)?|"
            + "loadAvg|bootTime|cmdline|workers|gpus|tpus|hostMem|cgroupMem|gcs|numWorkers|stateSnapshot|storeStats|"
            + "nodeLogicalResources|processStats|objectStore\\w*|used\\w*|objectRefs|objectsTotal|taskQueueLength|"
            + "workerType|num(Executed|Pending|Running|InFlight|InPlasma|Local|Owned|ObjectRefs|OfFailed)\\w*|"
            + "coreWorkersStats|agent|nodeTypeName|timestamp|driver_exit_code|"
            + "(nodeManager|objectManager|runtimeEnvAgent|dashboardAgentListen|metricsAgent|metricsExport)Port|warnings|"
            + "partial_failure_warning|usage|usageByNode|autoscalingStatus|gcsRequestTime|monitorPid|"
            + "autoscalerUpdateTime|nonTerminatedNodesTime)(\\.|$|\\[)|^data\\.clusterStatus(\\.time)?$");
    /** The head's control process reads its clock a moment before it writes the event. */
    private static final Pattern CLOCK = Pattern.compile("(start|end)_?[tT]ime(_ms|Ms)?$");
    /** Null in the live answer; here it may say that the record ends. */
    private static final Pattern NOTE = Pattern.compile("\\.?(message|state_message|stateMessage)$");

    /** The endpoint, without ids. */
    String resource() {
        String path = uri.replaceAll("\\?.*", "").replaceAll("[0-9a-f]{8,}", "{id}").replaceAll("raysubmit_\\w+", "{id}");
        return uri.contains("summary_by=lineage") ? path + "?lineage"
                : uri.contains("view=") ? path + "?" + uri.replaceAll(".*(view=\\w+).*", "$1") : path;
    }

    boolean onlyLive() {
        return uri.matches("/(cluster_id|api/(grafana_health|prometheus_health|component_activities|gcs_healthz|healthz"
                + "|snapshot|actors/kill|train/.*|serve/.*)|usage_stats_enabled|logs|api/v0/objects|nodes\\?view=details)"
                + ".*") && !uri.startsWith("/logs/");
    }

    /** Adds what agrees, what was asked and what misses to the score. */
    void compare(int ourStatus, JsonNode ourJson, String ourText, Score score) {
        String resource = resource();
        if (status >= 400) {
            score.count(resource, status < 500 ? ourStatus == status : ourStatus < 500, uri + ": status " + ourStatus);
        } else if (json == null || json.isValueNode()) {
            score.count(resource, ourStatus == 200 && ourText.contains(text.strip()), uri + ": text");
        } else {
            compareJson(ourStatus, ourJson, score);
        }
    }

    private void compareJson(int ourStatus, JsonNode ourJson, Score score) {
        Map<String, JsonNode> live = Leaves.of(json);
        Map<String, JsonNode> ours = ourStatus == 200 && ourJson != null ? Leaves.of(ourJson) : Map.of();
        live.forEach((path, value) -> {
            if (!VOLATILE.matcher(path).find()) {
                score.count(resource(), agrees(path, value, ours.get(path)),
                        uri + ": " + path + ": live " + value + ", ours " + ours.get(path));
            }
        });
        Set<String> more = rows(ours.keySet());
        more.removeAll(rows(live.keySet()));
        more.forEach(row -> score.count(resource(), false, uri + ": a row more: " + row));
    }

    private boolean agrees(String path, JsonNode live, JsonNode ours) {
        if (ours == null) {
            return false;
        }
        if (live.isNumber() && ours.isNumber()) {
            double off = Math.abs(live.asDouble() - ours.asDouble());
            boolean clock = !resource().contains("tasks") && CLOCK.matcher(path).find();
            return off <= Math.max(clock ? 3 : 0, 1e-6 * Math.max(1, Math.abs(live.asDouble())));
        }
        if (live.isNull() && NOTE.matcher(path).find()) {
            return true;
        }
        boolean nearText = !resource().contains("tasks") && CLOCK.matcher(path).find() && isInteger(live)
                && isInteger(ours) && Math.abs(live.asLong() - ours.asLong()) <= 3;
        return live.equals(ours) || nearText;
    }

    private static boolean isInteger(JsonNode value) {
        return value.asText().matches("\\d{1,18}");
    }

    /** What only one side can tell, such as our warnings, is no row. */
    private static Set<String> rows(Set<String> paths) {
        Set<String> rows = new TreeSet<>();
        for (String path : paths) {
            int open = path.indexOf('[');
            if (open >= 0 && !VOLATILE.matcher(path).find()) {
                rows.add(path.substring(open + 1, path.indexOf(']', open)));
            }
        }
        return rows;
    }
}
