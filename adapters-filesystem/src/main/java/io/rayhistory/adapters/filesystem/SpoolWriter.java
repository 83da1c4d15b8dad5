package io.rayhistory.adapters.filesystem;

import io.rayhistory.application.port.EventSpool.Category;
import io.rayhistory.application.port.SpoolSettings;
import io.rayhistory.application.port.SpoolSettings.Fsync;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Everything that changes active spool files. Only for who holds the spool's writing lock. */
final class SpoolWriter {
    private static final System.Logger LOG = System.getLogger(SpoolWriter.class.getName());
    /** Sessions whose node is remembered; a collector meets one or two. */
    private static final int MOST_SESSIONS = 1000;
    /** A disk with less room than this beside a batch counts as full: names and blocks take some, too. */
    private static final long SPARE = 1 << 20;

    private final Path data;
    private final String clusterFolder;
    private final SpoolSettings settings;
    private final InstantSource clock;
    private final SpoolTable table;
    private final SpoolChannel.Opener disk;
    private final SpoolHandles handles;
    private final String bootId;
    private final Map<String, String> nodes = new LinkedHashMap<>();
    private long lastNanos;

    SpoolWriter(Path data, String clusterFolder, SpoolSettings settings, InstantSource clock, SpoolTable table,
                SpoolChannel.Opener disk, String bootId) {
        this.data = data;
        this.clusterFolder = clusterFolder;
        this.settings = settings;
        this.clock = clock;
        this.table = table;
        this.disk = disk;
        this.handles = new SpoolHandles(disk, settings.maxOpenFiles(), settings.fsync() != Fsync.NEVER);
        this.bootId = bootId;
    }

    /** Appends all lines of a batch to their files, or takes back what was written of them and throws. */
    void write(StagedLines lines) throws IOException {
        Set<SpoolEntry> touched = new LinkedHashSet<>();
        boolean written = false;
        try {
            lines.replay((category, bytes, offset, length) -> {
                SpoolEntry entry = growing(category);
                touched.add(entry);
                handles.append(entry, bytes, offset, length);
            });
            for (SpoolEntry entry : touched) {
                handles.flush(entry);
            }
            if (settings.fsync() == Fsync.ALWAYS) {
                for (SpoolEntry entry : touched) {
                    handles.force(entry);
                }
            }
            written = true;
        } finally {
            if (!written) {
                touched.forEach(handles::rollBack);
            }
        }
        Instant now = clock.instant();
        for (SpoolEntry entry : touched) {
            table.grow(entry, now);
            if (entry.committed >= settings.rotationBytes()) {
                seal(entry);
            }
        }
        table.beyond(settings.maxActiveFiles()).forEach(this::seal);
    }

    private SpoolEntry growing(Category category) throws IOException {
        SpoolEntry entry = table.active(category).orElse(null);
        return entry == null ? open(category) : entry;
    }

    private SpoolEntry open(Category category) throws IOException {
        String node = nodeOf(category.session());
        Instant now = clock.instant();
        lastNanos = Math.max(lastNanos + 1, SpoolNames.nanos(now));
        Path path = path(category, node.isEmpty() ? bootId : node);
        Files.createDirectories(path.getParent());
        while (Files.exists(path, LinkOption.NOFOLLOW_LINKS) || Files.exists(compressed(path), LinkOption.NOFOLLOW_LINKS)) {
            // The clock was set back, and an earlier process had this instant.
            lastNanos++;
            path = path(category, node.isEmpty() ? bootId : node);
        }
        if (node.isEmpty()) {
            Files.write(SpoolNames.header(path),
                    ("{\"bootId\":\"" + bootId + "\",\"nodeId\":\"\"}\n").getBytes(StandardCharsets.UTF_8));
        }
        new RandomAccessFile(path.toFile(), "rw").close();
        forceFolder(path.getParent());
        Instant opened = Instant.ofEpochSecond(0, lastNanos);
        return table.add(clusterFolder, category, opened, false, path, node, 0, true);
    }

    private Path path(Category category, String writer) {
        return SpoolNames.file(data, clusterFolder, category, writer, Instant.ofEpochSecond(0, lastNanos));
    }

    private static Path compressed(Path lines) {
        return lines.resolveSibling(lines.getFileName() + SpoolNames.GZIP);
    }

    /** A new name is safe from a power cut only when its folder was forced, too; not every system can. */
    private void forceFolder(Path folder) {
        if (settings.fsync() == Fsync.ALWAYS) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            } catch (IOException notHere) {
                LOG.log(System.Logger.Level.DEBUG, () -> "folder " + folder + " cannot be forced to the disk", notHere);
            }
        }
    }

    /** Ends the growth of a file. Never throws: what is committed in it can be read in any case. */
    void seal(SpoolEntry entry) {
        try {
            handles.close(entry);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, () -> "spool file " + entry.path + " was not forced to the disk", e);
        }
        table.sealed(entry);
        if (entry.committed == entry.sent) {
            delete(entry);
        }
    }

    void delete(SpoolEntry entry) {
        handles.discard(entry);
        try {
            Files.deleteIfExists(entry.path);
            if (entry.nodeId.isEmpty()) {
                Files.deleteIfExists(SpoolNames.header(entry.path));
            }
            table.remove(entry);
        } catch (IOException e) {
            // It stays in the table, so that the uploader comes back to it.
            LOG.log(System.Logger.Level.WARNING, () -> "spool file " + entry.path + " is sent and cannot be deleted", e);
        }
    }

    /** Gives up what a file holds. */
    void drop(SpoolEntry entry) {
        LOG.log(System.Logger.Level.WARNING, () -> "spool file " + entry.path + " is given up with " + entry.unsent()
                + " unsent bytes");
        handles.discard(entry);
        table.drop(entry);
        try {
            Files.deleteIfExists(entry.path);
            Files.deleteIfExists(SpoolNames.header(entry.path));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, () -> "spool file " + entry.path + " cannot be deleted", e);
        }
    }

    void nodeIs(String session, String nodeId) {
        nodes.put(session, nodeId);
        if (nodes.size() > MOST_SESSIONS) {
            nodes.remove(nodes.keySet().stream().filter(name -> !name.isEmpty()).findFirst().orElseThrow());
        }
        table.active(entry -> !entry.nodeId.isEmpty() && !nodeOf(entry.category.session()).equals(entry.nodeId))
                .forEach(this::seal);
        nameFiles();
    }

    private String nodeOf(String session) {
        String node = nodes.get(session);
        return node == null ? nodes.getOrDefault("", "") : node;
    }

    /** Files written before the node was known get its name now, if it is. */
    void nameFiles() {
        for (SpoolEntry entry : table.unnamed()) {
            String node = nodeOf(entry.category.session());
            if (node.isEmpty()) {
                continue;
            }
            Path named = SpoolNames.file(data, entry.clusterFolder, entry.category, node, entry.opened);
            try {
                if (Files.exists(named, LinkOption.NOFOLLOW_LINKS)) {
                    throw new IOException(named + " exists already");
                }
                Files.move(entry.path, named);
                Path header = SpoolNames.header(entry.path);
                table.named(entry, named, node);
                Files.deleteIfExists(header);
            } catch (IOException e) {
                LOG.log(System.Logger.Level.WARNING, () -> "spool file " + entry.path + " cannot be named after its node", e);
            }
        }
    }

    /** Seals what is old, and what keeps confirmed bytes on the disk that are needed no more. */
    void rotate() {
        Instant now = clock.instant();
        table.active(entry -> Duration.between(entry.opened, now).compareTo(settings.rotationAge()) >= 0).forEach(this::seal);
        sealSent(settings.maxUnsentBytes() / 2);
        nameFiles();
    }

    private void sealSent(long mostConfirmed) {
        for (SpoolEntry entry = table.worthDeleting(mostConfirmed).orElse(null); entry != null;
                entry = table.worthDeleting(mostConfirmed).orElse(null)) {
            seal(entry);
        }
    }

    /**
     * A batch could not be written: if that is for want of room, gets rid of what is sent, and otherwise, if allowed, of the
     * oldest file.
     *
     * @return whether there is more room now
     */
    boolean makeRoom(long batchBytes, boolean dropping) throws IOException {
        if (disk.free(data) >= batchBytes + SPARE) {
            return false;
        }
        long before = table.disk();
        sealSent(0);
        if (table.disk() == before && dropping) {
            table.oldest().ifPresent(this::drop);
        }
        return table.disk() < before;
    }

    List<SpoolHandles.Unforced> takeUnforced() {
        return handles.takeUnforced();
    }

    void close() {
        for (SpoolEntry entry : handles.entries()) {
            try {
                handles.close(entry);
            } catch (IOException e) {
                LOG.log(System.Logger.Level.WARNING, () -> "spool file " + entry.path + " was not forced to the disk", e);
            }
        }
    }
}
