package io.rayhistory.application.collect;

import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.application.port.RayFolder;
import io.rayhistory.application.port.RayFolder.LogFile;
import io.rayhistory.application.port.RayFolder.LogFolder;
import io.rayhistory.application.port.RayFolder.OpenLog;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.id.ClusterRef;
import io.rayhistory.domain.layout.StorageLayout;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Empties {@code prev-logs}, into which start commands of older manifests, and the Go collector, move the logs of a dead
 * session: each file is sent under the session and node of its path, moved to the record of what was sent once the store
 * holds all of it, and the folder is removed when nothing in it is unsent. What the record holds already is not sent again.
 *
 * <p>For one thread; files go one after the other, whatever their size.
 */
final class PreviousLogs {
    private static final System.Logger LOG = System.getLogger(PreviousLogs.class.getName());
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);
    private static final Duration RECORD_AGE = Duration.ofHours(24);
    private static final long RECORD_BYTES = 1L << 30;
    /** In a row, after which nothing more is tried for now. */
    private static final int MOST_FAILURES = 3;
    private static final Duration TIDYING = Duration.ofMinutes(10);

    private final RayFolder folder;
    private final ObjectStore store;
    private final StorageLayout layout;
    private final ClusterRef cluster;
    private final boolean head;
    private final Consumer<CollectedNode> announce;
    private final InstantSource clock;
    private final Set<LogFolder> announced = new HashSet<>();
    private Duration pause = FIRST_PAUSE;
    private Instant next = Instant.MIN;
    private Instant nextTidying = Instant.MIN;
    private String trouble = "";
    private int failures;
    private boolean failing;

    /** @param announce is told each session and node there, so that the store lists them */
    PreviousLogs(RayFolder folder, ObjectStore store, StorageLayout layout, ClusterRef cluster, boolean head,
                 Consumer<CollectedNode> announce, InstantSource clock) {
        this.folder = folder;
        this.store = store;
        this.layout = layout;
        this.cluster = cluster;
        this.head = head;
        this.announce = announce;
        this.clock = clock;
    }

    /** Sends what is there; after a failure only when its pause is over. To be called every second or so. */
    void work() {
        if (clock.instant().isBefore(next)) {
            return;
        }
        failures = 0;
        trouble = "";
        try {
            for (LogFolder previous : folder.previous()) {
                empty(previous);
            }
            if (!clock.instant().isBefore(nextTidying)) {
                nextTidying = clock.instant().plus(TIDYING);
                folder.pruneCompleted(RECORD_BYTES, clock.instant().minus(RECORD_AGE));
            }
        } catch (HistoryException | IOException e) {
            trouble = trouble.isEmpty() ? e.getMessage() : trouble;
        }
        settle();
    }

    private void settle() {
        if (trouble.isEmpty()) {
            pause = FIRST_PAUSE;
        } else {
            if (!failing) {
                LOG.log(System.Logger.Level.WARNING, "logs of earlier sessions cannot be sent for now, first {0}", trouble);
            }
            next = clock.instant().plus(pause);
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
        }
        failing = !trouble.isEmpty();
    }

    /** Bytes that lie there and are not recorded as sent. */
    long unsentBytes() {
        long unsent = 0;
        for (LogFolder previous : folder.previous()) {
            Set<String> sent = paths(previous.completed());
            unsent += folder.logs(previous).stream().filter(file -> !sent.contains(file.path())).mapToLong(LogFile::size).sum();
        }
        return unsent;
    }

    private void empty(LogFolder previous) throws IOException {
        CollectedNode node = new CollectedNode(cluster, previous.session(), previous.nodeId(), head);
        if (announced.add(previous)) {
            LOG.log(System.Logger.Level.INFO, "sending what prev-logs holds of session {0}, node {1}", node.session(), node.nodeId());
            announce.accept(node);
        }
        Set<String> sent = paths(previous.completed());
        boolean all = true;
        for (LogFile file : folder.logs(previous)) {
            if (!sent.contains(file.path())) {
                all &= sent(previous, node, file);
            }
        }
        // Whoever fills the folder may not be done: it goes when a look finds nothing that is unsent.
        if (all && paths(previous.completed()).containsAll(paths(previous))) {
            folder.removePrevious(previous);
            announced.remove(previous);
        }
    }

    /** One file that cannot be sent does not hold up the others, unless it is a few in a row. */
    private boolean sent(LogFolder previous, CollectedNode node, LogFile file) throws IOException {
        try {
            Optional<OpenLog> open = folder.open(previous, file);
            if (open.isPresent() && stored(node, file, open.get())) {
                folder.complete(previous, file.path());
                failures = 0;
                return true;
            }
        } catch (HistoryException | IOException e) {
            trouble = file.path() + ": " + e.getMessage();
            failures++;
            if (failures >= MOST_FAILURES) {
                throw e;
            }
        }
        return false;
    }

    private Set<String> paths(LogFolder logs) {
        List<LogFile> files = folder.logs(logs);
        return files.stream().map(LogFile::path).collect(Collectors.toSet());
    }

    /** True once the store holds the whole file, under its name or, if that is taken by another content, under a number. */
    private boolean stored(CollectedNode node, LogFile file, OpenLog open) throws IOException {
        try (open) {
            for (int number = 0; ; number++) {
                String path = number == 0 ? file.path() : file.path() + "." + number;
                String name = layout.logFile(node.key(), node.nodeId(), path);
                StoredLog there = StoredLog.compare(store, name, open, file.size());
                switch (there.relation()) {
                    case ABSENT -> {
                        return isWhole(store.putIfAbsent(name, content(open, 0, file.size())), file, open);
                    }
                    case BEGINNING -> {
                        long length = there.object().length();
                        return length == file.size() ? open.size() == length
                                : isWhole(store.extend(name, there.object().etag(), length, content(open, length, file.size())), file, open);
                    }
                    case MORE -> {
                        return true;
                    }
                    case OTHER -> LOG.log(System.Logger.Level.DEBUG, "{0} holds something else", name);
                }
            }
        }
    }

    /** An empty answer says that somebody else wrote; the next look finds out what. So does a file that still grows. */
    private static boolean isWhole(Optional<ObjectInfo> object, LogFile file, OpenLog open) throws IOException {
        return object.isPresent() && object.get().length() == file.size() && open.size() == file.size();
    }

    private static InputStream content(OpenLog file, long from, long to) {
        return new InputStream() {
            private long at = from;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                if (at == to || length == 0) {
                    return length == 0 ? 0 : -1;
                }
                int read = file.read(at, target, offset, (int) Math.min(length, to - at));
                if (read <= 0) {
                    throw new IOException("the file ends at " + at + " by now");
                }
                at += read;
                return read;
            }
        };
    }
}
