package io.rayhistory.application.read;

import io.rayhistory.application.port.ObjectInfo;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which log files tell about submitted jobs. A submission exists when it has a driver log or a supervisor log; its id
 * is in the file's name (Ray: {@code python/ray/dashboard/modules/job/common.py}, {@code JOB_LOGS_PATH_TEMPLATE}).
 */
record SubmissionFiles(SortedMap<String, Files> bySubmission, List<Stored> agentLogs) {
    private static final Pattern DRIVER = Pattern.compile("job-driver-(.+)\\.log");
    private static final Pattern SUPERVISOR = Pattern.compile("jobs/supervisor-(.+)\\.log");
    private static final Pattern AGENT = Pattern.compile("dashboard_agent[^/]*\\.log(\\.\\d+)?");

    /** A log and the node that stored it. */
    record Stored(String nodeId, ObjectInfo object) {
    }

    /** The files of one submission; either may be {@code null}. Of several, the longest. */
    record Files(Stored driver, Stored supervisor) {
    }

    static SubmissionFiles of(SessionContents contents) {
        SortedMap<String, Stored> drivers = new TreeMap<>();
        SortedMap<String, Stored> supervisors = new TreeMap<>();
        List<Stored> agents = new ArrayList<>();
        contents.logs().forEach((nodeId, files) -> files.forEach((name, object) -> {
            Stored stored = new Stored(nodeId, object);
            keep(DRIVER.matcher(name), stored, drivers);
            keep(SUPERVISOR.matcher(name), stored, supervisors);
            if (AGENT.matcher(name).matches() && object.length() > 0) {
                agents.add(stored);
            }
        }));
        SortedMap<String, Files> all = new TreeMap<>();
        drivers.forEach((id, driver) -> all.put(id, new Files(driver, supervisors.get(id))));
        supervisors.forEach((id, supervisor) -> all.putIfAbsent(id, new Files(null, supervisor)));
        return new SubmissionFiles(all, agents);
    }

    private static void keep(Matcher name, Stored stored, SortedMap<String, Stored> byId) {
        if (name.matches()) {
            byId.merge(name.group(1), stored,
                    (one, other) -> other.object().length() > one.object().length() ? other : one);
        }
    }
}
