package io.rayhistory.adapters.filesystem;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The spool files that are open for writing, a bounded number of them, each with a small buffer. Closing one does not seal
 * its file; it is opened again when needed. Only for who holds the spool's writing lock.
 */
final class SpoolHandles {
    private static final int BUFFER = 32 << 10;

    private final SpoolChannel.Opener disk;
    private final int most;
    private final boolean forcing;
    /** Least recently written first. */
    private final Map<SpoolEntry, Handle> open = new LinkedHashMap<>(16, 0.75f, true);
    /** Closed and not forced. No more than there are files. */
    private final Set<SpoolEntry> closed = new LinkedHashSet<>();

    /** @param forcing whether files are to be forced to the disk after they were closed */
    SpoolHandles(SpoolChannel.Opener disk, int most, boolean forcing) {
        this.disk = disk;
        this.most = most;
        this.forcing = forcing;
    }

    private static final class Handle {
        private final SpoolChannel channel;
        private final byte[] buffer = new byte[BUFFER];
        private int filled;

        Handle(SpoolChannel channel) {
            this.channel = channel;
        }
    }

    /** A file that was written since it was last forced. @param channel null if it is not open any more */
    record Unforced(Path path, SpoolChannel channel) {

        void force() throws IOException {
            if (channel != null) {
                channel.force();
                return;
            }
            try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
                file.force(false);
            } catch (NoSuchFileException sentAndDeleted) {
                // Or renamed in this moment, which happens once, when the node becomes known.
            }
        }
    }

    void append(SpoolEntry entry, byte[] bytes, int offset, int length) throws IOException {
        Handle handle = handle(entry);
        if (length > BUFFER - handle.filled) {
            flush(entry, handle);
        }
        if (length >= BUFFER) {
            entry.unforced = true;
            handle.channel.write(bytes, offset, length, entry.tail);
            entry.tail += length;
        } else {
            System.arraycopy(bytes, offset, handle.buffer, handle.filled, length);
            handle.filled += length;
        }
    }

    private Handle handle(SpoolEntry entry) throws IOException {
        Handle handle = open.get(entry);
        if (handle == null) {
            handle = new Handle(disk.open(entry.path));
            open.put(entry, handle);
            while (open.size() > most) {
                close(open.keySet().iterator().next());
            }
        }
        if (entry.torn) {
            handle.channel.truncate(entry.committed);
            entry.torn = false;
        }
        return handle;
    }

    void flush(SpoolEntry entry) throws IOException {
        Handle handle = open.get(entry);
        if (handle != null) {
            flush(entry, handle);
        }
    }

    private static void flush(SpoolEntry entry, Handle handle) throws IOException {
        if (handle.filled > 0) {
            entry.unforced = true;
            handle.channel.write(handle.buffer, 0, handle.filled, entry.tail);
            entry.tail += handle.filled;
            handle.filled = 0;
        }
    }

    void force(SpoolEntry entry) throws IOException {
        if (entry.unforced) {
            handle(entry).channel.force();
            entry.unforced = false;
        }
    }

    /** Cuts the file back to what is committed; if that fails, before it is written again. Never throws. */
    void rollBack(SpoolEntry entry) {
        entry.tail = entry.committed;
        entry.torn = true;
        Handle handle = open.get(entry);
        if (handle != null) {
            handle.filled = 0;
        }
        try {
            handle(entry);
        } catch (IOException laterThen) {
            discard(entry);
        }
    }

    /** Writes and closes. Forcing is left to who {@linkplain #takeUnforced takes} the file: a batch may touch very many. */
    void close(SpoolEntry entry) throws IOException {
        Handle handle = open.get(entry);
        if (handle == null) {
            return;
        }
        try {
            flush(entry, handle);
        } finally {
            open.remove(entry);
            if (forcing && entry.unforced) {
                closed.add(entry);
            }
            handle.channel.close();
        }
    }

    /** Closes without a word: the file is gone, or does not work. */
    void discard(SpoolEntry entry) {
        closed.remove(entry);
        Handle handle = open.remove(entry);
        if (handle != null) {
            try {
                handle.channel.close();
            } catch (IOException brokenAnyway) {
                // Nothing of it was promised to anybody.
            }
        }
    }

    /** Marks all as forced; the caller forces them without the lock, so that writers need not wait for the disk. */
    List<Unforced> takeUnforced() {
        List<Unforced> unforced = new ArrayList<>();
        open.forEach((entry, handle) -> {
            if (entry.unforced) {
                entry.unforced = false;
                unforced.add(new Unforced(entry.path, handle.channel));
            }
        });
        for (SpoolEntry entry : closed) {
            if (entry.unforced) {
                entry.unforced = false;
                unforced.add(new Unforced(entry.path, null));
            }
        }
        closed.clear();
        return unforced;
    }

    List<SpoolEntry> entries() {
        return new ArrayList<>(open.keySet());
    }
}
