package io.rayhistory.adapters.http.api;

import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.application.read.SessionLogs;
import io.rayhistory.domain.query.LogTarget;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Turns the places where a log may be into the stored file that is there. */
public final class LogTargets {
    /** How many rotated files are looked at; Ray keeps 20 by default. */
    private static final int ROTATIONS = 100;
    /** Job id in the file name of a worker that was started before it had a job. */
    private static final String NO_JOB = "-ffffffff-";

    private final SessionLogs logs;

    public LogTargets(SessionLogs logs) {
        this.logs = logs;
    }

    /** The first candidate that is stored. */
    public Optional<StoredLog> first(List<LogTarget> candidates) {
        for (LogTarget candidate : candidates) {
            Collection<String> nodes = candidate.nodeId().isEmpty() ? logs.nodes() : List.of(candidate.nodeId());
            Optional<StoredLog> found = onNodes(nodes, candidate);
            if (found.isPresent()) {
                return found;
            }
        }
        // Worker ids are unique: where an event names no node, or the wrong one, the file still tells.
        for (LogTarget candidate : candidates) {
            if (candidate.name().startsWith("worker-") || candidate.name().startsWith("job-driver-")) {
                Optional<StoredLog> found = onNodes(logs.nodes(), candidate);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<StoredLog> onNodes(Collection<String> nodes, LogTarget target) {
        for (String node : nodes) {
            Optional<String> name = target.prefix() ? named(node, target) : Optional.of(target.name());
            Optional<StoredLog> found = name.flatMap(each -> part(node, each, target));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** Of several files with the prefix, the one that a job owns; of those, the last by name. */
    private Optional<String> named(String node, LogTarget target) {
        String best = "";
        for (String name : logs.startingWith(node, target.name())) {
            if (name.endsWith("." + target.suffix()) && (best.isEmpty() || !name.contains(NO_JOB))) {
                best = name;
            }
        }
        return best.isEmpty() ? Optional.empty() : Optional.of(best);
    }

    /**
     * The part of a file. Offsets were noted when they were written; if the file has been rotated since, the bytes are in
     * {@code name.1} or an older one. If nothing holds them all, what there is of the current file is answered.
     */
    private Optional<StoredLog> part(String node, String name, LogTarget target) {
        Optional<ObjectInfo> current = logs.find(node, name);
        if (current.isPresent() && holds(current.get(), target)) {
            return Optional.of(of(current.get(), target, false));
        }
        List<ObjectInfo> rotated = target.start() == 0 && target.end() == Long.MAX_VALUE
                ? List.of() : rotated(node, name);
        for (ObjectInfo file : rotated) {
            if (holds(file, target)) {
                return Optional.of(of(file, target, false));
            }
        }
        return current.map(file -> of(file, target, true));
    }

    private static boolean holds(ObjectInfo file, LogTarget target) {
        return file.length() >= (target.end() == Long.MAX_VALUE ? target.start() : target.end());
    }

    private static StoredLog of(ObjectInfo file, LogTarget target, boolean truncated) {
        long end = target.end() == Long.MAX_VALUE ? ObjectStore.TO_END : Math.min(target.end(), file.length());
        long start = Math.min(target.start(), Math.min(end, file.length()));
        return new StoredLog(file, start, end, target.interleaved(), truncated);
    }

    private List<ObjectInfo> rotated(String node, String name) {
        List<ObjectInfo> files = new ArrayList<>();
        for (int i = 1; i <= ROTATIONS; i++) {
            Optional<ObjectInfo> file = logs.find(node, name + "." + i);
            if (file.isEmpty()) {
                break;
            }
            files.add(file.get());
        }
        return files;
    }
}
