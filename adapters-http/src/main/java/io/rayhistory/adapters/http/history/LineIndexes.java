package io.rayhistory.adapters.http.history;

import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.application.read.SessionLogs;
import io.rayhistory.domain.HistoryException;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where every thousandth line of a log begins: found on first use by reading the file once, kept for {@link #FILES} files
 * as they were. Files over {@link #LARGEST} bytes are asked for by bytes. Thread-safe.
 */
final class LineIndexes {
    static final int EVERY = 1_000;
    static final int FILES = 200;
    static final long LARGEST = 512L << 20;

    /** @param offsets of the lines 0, 1,000, 2,000 … */
    record Index(long[] offsets, long lines) {
        long offsetBefore(long line) {
            return offsets[(int) Math.min(line / EVERY, offsets.length - 1)];
        }

        long lineAt(long line) {
            return Math.min(line / EVERY, offsets.length - 1) * EVERY;
        }

        /** How many lines begin before this offset, rounded down to a thousand, for counting on from there. */
        long lineBefore(long offset) {
            int found = Arrays.binarySearch(offsets, offset);
            return (found >= 0 ? found : -found - 2) * (long) EVERY;
        }
    }

    private final Map<String, Index> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Index> eldest) {
            return size() > FILES;
        }
    };

    Index of(SessionLogs logs, ObjectInfo file) {
        if (file.length() > LARGEST) {
            throw new HistoryException(HistoryException.Kind.TOO_LARGE, "log '" + file.name() + "' has " + file.length()
                    + " bytes; lines are counted up to " + LARGEST + ": expected offset or tail instead of from");
        }
        String key = file.name() + "\n" + file.etag() + "\n" + file.length();
        synchronized (known) {
            Index index = known.get(key);
            if (index != null) {
                return index;
            }
        }
        Index index = logs.read(file, 0, ObjectStore.TO_END, (in, object) -> read(in));
        synchronized (known) {
            known.put(key, index);
        }
        return index;
    }

    private static Index read(InputStream in) throws IOException {
        long[] offsets = new long[16];
        int count = 1;
        long lines = 0;
        long position = 0;
        boolean open = false;
        byte[] block = new byte[64 * 1024];
        for (int read = in.read(block); read > 0; read = in.read(block)) {
            for (int i = 0; i < read; i++) {
                if (block[i] == '\n' && ++lines % EVERY == 0) {
                    offsets = count == offsets.length ? Arrays.copyOf(offsets, 2 * count) : offsets;
                    offsets[count++] = position + i + 1;
                }
            }
            open = block[read - 1] != '\n';
            position += read;
        }
        return new Index(Arrays.copyOf(offsets, count), lines + (open ? 1 : 0));
    }
}
