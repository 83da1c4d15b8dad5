package io.rayhistory.adapters.http.api;

import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;

/**
 * A part of a stored log file: the bytes {@code [start, end)}.
 *
 * @param end         at most the file's length, or {@link ObjectStore#TO_END}
 * @param interleaved whether the file also holds other tasks' output
 * @param truncated   whether the store holds less than what was written
 */
public record StoredLog(ObjectInfo file, long start, long end, boolean interleaved, boolean truncated) {

    static StoredLog whole(ObjectInfo file) {
        return new StoredLog(file, 0, ObjectStore.TO_END, false, false);
    }
}
