package io.rayhistory.adapters.filesystem;

import io.rayhistory.application.port.RayFolder;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.id.SessionName;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Ray's temp root as a folder of the local disk, usually {@code /tmp/ray}. Thread-safe. */
public final class DirectoryRayFolder implements RayFolder {
    private static final System.Logger LOG = System.getLogger(DirectoryRayFolder.class.getName());
    private static final int MOST_WARNINGS = 100;

    private final Path root;
    private final boolean inodes;
    private final Set<Path> warned = ConcurrentHashMap.newKeySet();

    /** @param root need not exist yet */
    public DirectoryRayFolder(Path root) {
        this.root = root.toAbsolutePath().normalize();
        this.inodes = root.getFileSystem().supportedFileAttributeViews().contains("unix");
    }

    private Path path(LogFolder folder) {
        if (!SessionName.isSafe(folder.session()) || folder.place() != Place.SESSION && !SessionName.isSafe(folder.nodeId())) {
            throw HistoryException.invalid("'" + folder.session() + "/" + folder.nodeId() + "' is no session and node");
        }
        return switch (folder.place()) {
            case SESSION -> root.resolve(folder.session()).resolve("logs");
            case PREVIOUS -> previousRoot().resolve(folder.session()).resolve(folder.nodeId()).resolve("logs");
            case COMPLETED -> completedRoot().resolve(folder.session()).resolve(folder.nodeId()).resolve("logs");
        };
    }

    private Path previousRoot() {
        return root.resolve("prev-logs");
    }

    private Path completedRoot() {
        return root.resolve("persist-complete-logs");
    }

    @Override
    public List<LogFile> logs(LogFolder folder) {
        Path logs = path(folder);
        List<LogFile> files = new ArrayList<>();
        walk(logs, (path, attributes) -> files.add(file(logs, path, attributes)));
        return files;
    }

    /** What is done with a regular file. */
    @FunctionalInterface
    private interface Visit {
        void file(Path path, BasicFileAttributes attributes) throws IOException;
    }

    private void walk(Path top, Visit visit) {
        try {
            Files.walkFileTree(top, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
                    if (attributes.isRegularFile()) {
                        visit.file(path, attributes);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path path, IOException e) throws IOException {
                    if (path.equals(top)) {
                        throw e;
                    }
                    return passOver(path, e);
                }

                @Override
                public FileVisitResult postVisitDirectory(Path path, IOException e) {
                    return e == null ? FileVisitResult.CONTINUE : passOver(path, e);
                }
            });
        } catch (NoSuchFileException | NotDirectoryException nothingThere) {
            // Ray makes the folder when it starts.
        } catch (IOException e) {
            throw StoreFolder.broken("log folder", top, e);
        }
    }

    private FileVisitResult passOver(Path path, IOException e) {
        if (!(e instanceof NoSuchFileException) && warned.size() < MOST_WARNINGS && warned.add(path)) {
            LOG.log(System.Logger.Level.WARNING, "''{0}'' cannot be read, so its logs are not sent: {1}", path, e.toString());
        }
        return FileVisitResult.CONTINUE;
    }

    private LogFile file(Path logs, Path path, BasicFileAttributes attributes) throws IOException {
        String relative = logs.relativize(path).toString().replace(path.getFileSystem().getSeparator(), "/");
        return new LogFile(relative, id(path, attributes), attributes.size(), attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS));
    }

    /** Some file systems have no inodes; there a renamed file is a new one. */
    private String id(Path path, BasicFileAttributes attributes) {
        Object key = attributes.fileKey();
        return inodes && key != null ? key.toString() : path.toString();
    }

    @Override
    public Optional<OpenLog> open(LogFolder folder, LogFile file) {
        Path path = path(folder).resolve(file.path());
        FileChannel channel = null;
        try {
            channel = FileChannel.open(path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
            // Looked at after it was opened: if the path has the file still, the channel cannot have another one.
            BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (now.isRegularFile() && id(path, now).equals(file.fileId())) {
                FileChannel opened = channel;
                channel = null;
                return Optional.of(new OpenChannel(opened));
            }
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        } catch (IOException e) {
            passOver(path, e);
        } finally {
            if (channel != null) {
                new OpenChannel(channel).close();
            }
        }
        return Optional.empty();
    }

    private record OpenChannel(FileChannel channel) implements OpenLog {
        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public int read(long offset, byte[] buffer, int from, int length) throws IOException {
            return channel.read(ByteBuffer.wrap(buffer, from, length), offset);
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                LOG.log(System.Logger.Level.DEBUG, "a log file could not be closed", e);
            }
        }
    }

    @Override
    public List<LogFolder> previous() {
        List<LogFolder> folders = new ArrayList<>();
        for (String session : folders(previousRoot())) {
            for (String node : folders(previousRoot().resolve(session))) {
                folders.add(new LogFolder(Place.PREVIOUS, session, node));
            }
        }
        return folders;
    }

    private static List<String> folders(Path parent) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(parent, path ->
                Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) && SessionName.isSafe(path.getFileName().toString()))) {
            children.forEach(child -> names.add(child.getFileName().toString()));
        } catch (NoSuchFileException | NotDirectoryException none) {
            return names;
        } catch (IOException e) {
            throw StoreFolder.broken("folder", parent, e);
        }
        names.sort(Comparator.naturalOrder());
        return names;
    }

    @Override
    public void complete(LogFolder previous, String path) {
        requirePrevious(previous);
        Path from = path(previous).resolve(path);
        Path to = path(previous.completed()).resolve(path);
        try {
            Files.createDirectories(to.getParent());
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw StoreFolder.broken("file", from, e);
        }
    }

    @Override
    public void removePrevious(LogFolder previous) {
        requirePrevious(previous);
        Path node = path(previous).getParent();
        try {
            Files.walkFileTree(node, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
                    Files.delete(path);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path path, IOException e) throws IOException {
                    Files.delete(path);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (NoSuchFileException gone) {
            return;
        } catch (IOException e) {
            throw StoreFolder.broken("folder", node, e);
        }
    }

    private static void requirePrevious(LogFolder folder) {
        if (folder.place() != Place.PREVIOUS) {
            throw HistoryException.invalid("only prev-logs may be changed, not " + folder);
        }
    }

    @Override
    public long pruneCompleted(long mostBytes, Instant before) {
        record Completed(Path path, long size, Instant moved) {
        }
        List<Completed> files = new ArrayList<>();
        walk(completedRoot(), (path, attributes) -> files.add(new Completed(path, attributes.size(), moved(path, attributes))));
        files.sort(Comparator.comparing(Completed::moved));
        long left = files.stream().mapToLong(Completed::size).sum();
        long deleted = 0;
        for (Completed file : files) {
            if (file.moved().isBefore(before) || left > mostBytes) {
                try {
                    Files.deleteIfExists(file.path());
                } catch (IOException e) {
                    throw StoreFolder.broken("file", file.path(), e);
                }
                left -= file.size();
                deleted += file.size();
            }
        }
        return deleted;
    }

    /** A rename changes the inode's time, not the content's. */
    private Instant moved(Path path, BasicFileAttributes attributes) throws IOException {
        Map<String, Object> times = inodes ? Files.readAttributes(path, "unix:ctime", LinkOption.NOFOLLOW_LINKS) : Map.of();
        return ((FileTime) times.getOrDefault("ctime", attributes.lastModifiedTime())).toInstant();
    }
}
