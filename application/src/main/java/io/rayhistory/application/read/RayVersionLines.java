package io.rayhistory.application.read;

import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds Ray's version in the first lines of the head's logs, for sessions whose cluster metadata was not stored. Both
 * {@code gcs_server.out} ({@code ray_version=2.60.0}) and {@code monitor.log} ({@code Ray version: 2.60.0}) start
 * with it.
 */
final class RayVersionLines {
    private static final Pattern FILE = Pattern.compile("(gcs_server|monitor)[^/]*\\.(out|log)(\\.\\d+)?");
    private static final Pattern VERSION = Pattern.compile(
            "(?:ray_version=|Ray version: )(\\d+\\.\\d+[0-9A-Za-z.+-]*)");
    private static final int HEAD = 16 * 1024;
    private static final int MOST_FILES = 20;

    private RayVersionLines() {
    }

    /** {@code ""} if no log tells. */
    static String find(ObjectStore store, SessionContents contents) {
        List<ObjectInfo> candidates = contents.logs().values().stream()
                .flatMap(files -> files.entrySet().stream())
                .filter(entry -> FILE.matcher(entry.getKey()).matches() && entry.getValue().length() > 0)
                .map(Map.Entry::getValue)
                .limit(MOST_FILES).toList();
        for (ObjectInfo candidate : candidates) {
            String[] version = {""};
            store.read(candidate.name(), 0, HEAD, "", (stream, now) -> {
                LogLines.forEach(stream, line -> {
                    in(line).ifPresent(found -> version[0] = found);
                    return version[0].isEmpty();
                });
                return true;
            });
            if (!version[0].isEmpty()) {
                return version[0];
            }
        }
        return "";
    }

    static Optional<String> in(String line) {
        Matcher found = VERSION.matcher(line);
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }
}
