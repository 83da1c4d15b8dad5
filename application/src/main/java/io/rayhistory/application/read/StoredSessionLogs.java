package io.rayhistory.application.read;

import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.HistoryException.Kind;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;

/** Reads the logs that a {@link SessionLocator} found. Holds their names only. Thread-safe. */
final class StoredSessionLogs implements SessionLogs {
    private static final int FIRST_BLOCK = 64 << 10;
    private static final int LARGEST_BLOCK = 4 << 20;

    private final ObjectStore store;
    private final SortedMap<String, SortedMap<String, ObjectInfo>> logs;

    StoredSessionLogs(ObjectStore store, SessionContents contents) {
        this.store = store;
        this.logs = contents.logs();
    }

    @Override
    public Collection<String> nodes() {
        return Collections.unmodifiableSet(logs.keySet());
    }

    @Override
    public List<String> list(String nodeId, String glob) {
        Glob wanted = new Glob(glob);
        TreeSet<String> names = new TreeSet<>();
        for (String file : files(nodeId).keySet()) {
            if (wanted.matches(file)) {
                names.add(file);
            }
            // Its folders too, from the inside out; one that is known has its own parents in place already.
            for (int slash = file.lastIndexOf('/'); slash > 0; slash = file.lastIndexOf('/', slash - 1)) {
                String folder = file.substring(0, slash + 1);
                if (wanted.matches(folder)) {
                    names.add(folder);
                }
            }
        }
        return List.copyOf(names);
    }

    /** Asks the store anew, so that a file that still grows is seen as it is now. */
    @Override
    public Optional<ObjectInfo> find(String nodeId, String name) {
        ObjectInfo known = files(nodeId).get(name);
        return known == null ? Optional.empty() : store.find(known.name());
    }

    @Override
    public List<String> startingWith(String nodeId, String prefix) {
        List<String> names = new ArrayList<>();
        for (String name : files(nodeId).tailMap(prefix).keySet()) {
            if (!name.startsWith(prefix)) {
                break;
            }
            names.add(name);
        }
        return names;
    }

    @Override
    public SortedMap<String, ObjectInfo> files(String nodeId) {
        return logs.getOrDefault(nodeId, Collections.emptySortedMap());
    }

    @Override
    public long startOfLastLines(ObjectInfo file, long start, long end, long lines) {
        long low = Math.max(0, start);
        long high = Math.max(low, Math.min(end, file.length()));
        if (lines <= 0) {
            return lines < 0 ? low : high;
        }
        // The newline at the very end closes the last line and begins none, hence high - 1.
        long at = high - 1;
        long missing = lines;
        for (int block = FIRST_BLOCK; at > low; block = Math.min(2 * block, LARGEST_BLOCK)) {
            long from = Math.max(low, at - block);
            byte[] bytes = read(file, from, at, (stream, object) -> stream.readAllBytes());
            for (int i = bytes.length - 1; i >= 0; i--) {
                if (bytes[i] == '\n' && --missing == 0) {
                    return from + i + 1;
                }
            }
            at = from;
        }
        return low;
    }

    @Override
    public <T> T read(ObjectInfo file, long start, long end, ObjectStore.StreamReader<T> reader) {
        long from = Math.max(0, start);
        // Cut at the length that was seen, so that all readings of a growing file agree.
        long length = Math.max(0, Math.min(end, file.length()) - from);
        boolean[] lent = new boolean[1];
        try {
            return store.read(file.name(), from, length, file.etag(), (stream, object) -> {
                lent[0] = true;
                return reader.read(stream, object);
            }).orElseThrow(() -> deleted(file));
        } catch (HistoryException failure) {
            // A log that has grown still has these bytes where they were.
            ObjectInfo now = failure.kind() == Kind.UNAVAILABLE && !lent[0] ? store.find(file.name()).orElse(file) : file;
            if (now.etag().equals(file.etag()) || now.length() < file.length()) {
                throw failure;
            }
            return store.read(file.name(), from, length, now.etag(), reader).orElseThrow(() -> deleted(file));
        }
    }

    private static HistoryException deleted(ObjectInfo file) {
        return HistoryException.missing("log file '" + file.name() + "' has been deleted");
    }
}
