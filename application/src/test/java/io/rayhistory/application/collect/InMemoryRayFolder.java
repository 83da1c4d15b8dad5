package io.rayhistory.application.collect;

import io.rayhistory.application.port.RayFolder;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** The logs of one session in memory. The number of an inode that nobody holds any more is used again at once. */
public final class InMemoryRayFolder implements RayFolder, LogSource {
    private final Map<String, Inode> files = new TreeMap<>();
    private final TreeSet<Integer> free = new TreeSet<>();
    private int inodes;
    private long ticks = 1_000;
    private int open;
    private String locked = "";
    private String hidden = "";
    private int hiddenListings;

    private static final class Inode {
        private final int number;
        private byte[] content = new byte[0];
        private long modified;
        private int users;
        private boolean linked = true;

        Inode(int number) {
            this.number = number;
        }
    }

    @Override
    public synchronized void append(String path, byte[] bytes) {
        Inode inode = files.computeIfAbsent(path, key -> new Inode(free.isEmpty() ? ++inodes : free.pollFirst()));
        byte[] longer = Arrays.copyOf(inode.content, inode.content.length + bytes.length);
        System.arraycopy(bytes, 0, longer, inode.content.length, bytes.length);
        inode.content = longer;
        inode.modified = ++ticks;
    }

    @Override
    public synchronized void rewrite(String path, byte[] bytes) {
        files.get(path).content = bytes.clone();
        files.get(path).modified = ++ticks;
    }

    @Override
    public synchronized void rename(String from, String to) {
        Inode moved = files.remove(from);
        unlink(files.put(to, moved));
    }

    @Override
    public synchronized void delete(String path) {
        unlink(files.remove(path));
    }

    private void unlink(Inode inode) {
        if (inode != null) {
            inode.linked = false;
            recycle(inode);
        }
    }

    private void recycle(Inode inode) {
        if (!inode.linked && inode.users == 0) {
            free.add(inode.number);
        }
    }

    synchronized int open() {
        return open;
    }

    /** The file at a path cannot be opened. */
    synchronized void lock(String path) {
        locked = path;
    }

    /** The next listings miss the file at a path. */
    synchronized void hide(String path, int listings) {
        hidden = path;
        hiddenListings = listings;
    }

    @Override
    public synchronized List<LogFile> logs(LogFolder folder) {
        List<LogFile> found = new ArrayList<>();
        if (hiddenListings-- == 0) {
            hidden = "";
        }
        files.entrySet().stream().filter(file -> !file.getKey().equals(hidden)).forEach(file -> found.add(logFile(file.getKey(), file.getValue())));
        return found;
    }

    private static LogFile logFile(String path, Inode inode) {
        return new LogFile(path, "i" + inode.number, inode.content.length, inode.modified);
    }

    @Override
    public synchronized Optional<OpenLog> open(LogFolder folder, LogFile file) {
        Inode inode = files.get(file.path());
        if (inode == null || file.path().equals(locked) || !file.fileId().equals("i" + inode.number)) {
            return Optional.empty();
        }
        inode.users++;
        open++;
        return Optional.of(new OpenLog() {
            private boolean closed;

            @Override
            public long size() {
                return inode.content.length;
            }

            @Override
            public int read(long offset, byte[] buffer, int from, int length) {
                int count = (int) Math.min(length, inode.content.length - offset);
                if (count <= 0) {
                    return -1;
                }
                System.arraycopy(inode.content, (int) offset, buffer, from, count);
                return count;
            }

            @Override
            public void close() {
                synchronized (InMemoryRayFolder.this) {
                    if (!closed) {
                        closed = true;
                        open--;
                        inode.users--;
                        recycle(inode);
                    }
                }
            }
        });
    }

    @Override
    public List<LogFolder> previous() {
        return List.of();
    }

    @Override
    public void complete(LogFolder previous, String path) {
        throw new UnsupportedOperationException("there are no previous logs in memory");
    }

    @Override
    public void removePrevious(LogFolder previous) {
        throw new UnsupportedOperationException("there are no previous logs in memory");
    }

    @Override
    public long pruneCompleted(long mostBytes, Instant before) {
        return 0;
    }
}
