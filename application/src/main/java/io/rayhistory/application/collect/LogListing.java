package io.rayhistory.application.collect;

import io.rayhistory.application.port.RayFolder;
import io.rayhistory.application.port.RayFolder.LogFile;
import io.rayhistory.application.port.RayFolder.LogFolder;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Lists the log files of a session. A folder is not read in one moment: a file that is renamed meanwhile, as a rotation does
 * to a whole row of them, may be seen twice or not at all. What two listings in a row agree about was not renamed between
 * them; so the folder is listed until all agree, or some times. For one thread.
 */
final class LogListing {
    private static final int TRIES = 3;

    private final RayFolder folder;
    private final LogFolder where;
    private Map<String, String> paths = Map.of();

    LogListing(RayFolder folder, LogFolder where) {
        this.folder = folder;
        this.where = where;
    }

    /**
     * What was seen.
     *
     * @param files  by identity; one with two hard links is there twice
     * @param moving paths, now and before, about which the last two listings do not agree
     */
    record Seen(Map<String, LogFile> files, Set<String> moving) {
    }

    Seen look() {
        for (int attempt = 1; ; attempt++) {
            Map<String, LogFile> found = new HashMap<>();
            for (LogFile file : folder.logs(where)) {
                found.put(found.containsKey(file.fileId()) ? file.fileId() + "@" + file.path() : file.fileId(), file);
            }
            Set<String> moving = moving(found);
            if (moving.isEmpty() || attempt == TRIES) {
                return new Seen(found, moving);
            }
        }
    }

    private Set<String> moving(Map<String, LogFile> found) {
        Map<String, String> before = paths;
        Set<String> moving = new HashSet<>();
        paths = new HashMap<>();
        found.forEach((id, file) -> {
            paths.put(id, file.path());
            if (!file.path().equals(before.get(id))) {
                moving.add(file.path());
            }
        });
        before.forEach((id, path) -> {
            if (!Objects.equals(path, paths.get(id))) {
                moving.add(path);
            }
        });
        return moving;
    }
}
