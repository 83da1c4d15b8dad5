package io.rayhistory.domain.history;

import io.rayhistory.domain.id.IdKind;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Processes that the names of stored log files tell (Ray: {@code python/ray/_private/log.py} and
 * {@code src/ray/util/logging.cc}). The folder of a file tells the node. Not thread-safe.
 */
final class LogFiles {
    private static final Pattern CORE = Pattern.compile("python-core-(worker|driver)-([0-9a-f]{56})_(\\d+)\\.log");
    private static final Pattern OUTPUT = Pattern.compile("worker-([0-9a-f]{56})-([0-9a-f]{8})-(\\d+)\\.(?:out|err)");

    private final Map<String, WorkerSeen> workers = new TreeMap<>();
    private final Map<String, WorkerSeen> drivers = new TreeMap<>();

    void add(LogFile file) {
        String name = file.name().substring(file.name().lastIndexOf('/') + 1);
        Matcher core = CORE.matcher(name);
        if (core.matches()) {
            boolean driver = core.group(1).equals("driver");
            String jobId = driver ? core.group(2).substring(0, IdKind.JOB.hexLength()) : "";
            note(driver ? drivers : workers, new WorkerSeen(core.group(2), file.nodeId(), jobId, pid(core.group(3))));
            return;
        }
        Matcher output = OUTPUT.matcher(name);
        if (output.matches()) {
            note(workers, new WorkerSeen(output.group(1), file.nodeId(), IdKind.JOB.orAbsent(output.group(2)),
                    pid(output.group(3))));
        }
    }

    /** Workers, in order of their ids. */
    Collection<WorkerSeen> workers() {
        return workers.values();
    }

    /** Drivers, in order of their ids, which begin with the job id. */
    Collection<WorkerSeen> drivers() {
        return drivers.values();
    }

    /** Pid of a worker, 0 when no file tells. */
    long pidOf(String workerId) {
        WorkerSeen seen = workers.get(workerId);
        return seen == null ? 0 : seen.pid();
    }

    /** The worker that the last part of a path names, {@code ""} when it names none. */
    static String workerIdOf(String path) {
        Matcher output = OUTPUT.matcher(path.substring(path.lastIndexOf('/') + 1));
        return output.matches() ? output.group(1) : "";
    }

    private static void note(Map<String, WorkerSeen> seen, WorkerSeen found) {
        seen.merge(found.workerId(), found, (known, more) ->
                known.toString().compareTo(more.toString()) <= 0 ? known.orElse(more) : more.orElse(known));
    }

    private static long pid(String digits) {
        return digits.length() > 18 ? 0 : Long.parseLong(digits);
    }
}
