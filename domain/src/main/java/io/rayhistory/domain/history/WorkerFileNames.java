package io.rayhistory.domain.history;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the names of Ray's per-process log files tell (Ray: {@code python/ray/_private/node.py}): {@code
 * worker-<worker id>-<job id>-<pid>.out|err}, {@code python-core-worker-<worker id>_<pid>.log}.
 */
final class WorkerFileNames {
    private static final Pattern WORKER = Pattern.compile("worker-([0-9a-f]{56})-([0-9a-f]{8})-(\\d+)\\.(?:out|err)");

    private WorkerFileNames() {
    }

    /** The worker a path's last part names, {@code ""} when it names none. */
    static String workerIdOf(String path) {
        Matcher name = WORKER.matcher(path.substring(path.lastIndexOf('/') + 1));
        return name.matches() ? name.group(1) : "";
    }
}
