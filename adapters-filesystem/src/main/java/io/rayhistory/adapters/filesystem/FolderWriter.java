package io.rayhistory.adapters.filesystem;

import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.domain.HistoryException;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Changes the store's folder. Content goes to a hidden file first and becomes an object by one rename, so that readers
 * never see a part. Thread-safe: content is written side by side, only the renames take turns.
 */
final class FolderWriter {
    /** Others may delete a folder just made, or make a file where one is to be; then all is looked at anew. */
    private static final int TRIES = 5;

    private final StoreFolder folder;
    private final ReentrantLock renaming = new ReentrantLock();
    private final RootInspection inspection = new RootInspection();

    FolderWriter(StoreFolder folder) {
        this.folder = folder;
    }

    /** Makes a written file the object; sees a consistent folder, for no other thread of this store renames meanwhile. */
    @FunctionalInterface
    private interface Rename<T> {
        T apply(Path written) throws IOException;
    }

    ObjectInfo put(String name, InputStream content) {
        return write(name, content, Optional.empty(), 0, written -> replace(name, written));
    }

    Optional<ObjectInfo> putIfAbsent(String name, InputStream content) {
        return write(name, content, Optional.empty(), 0, written ->
                file(name).isPresent() ? Optional.empty() : create(name, written));
    }

    Optional<ObjectInfo> extend(String name, String etag, long offset, InputStream content) {
        Optional<StoreFolder.Entry> old = file(name);
        if (!version(name, old).equals(etag)) {
            return Optional.empty();
        }
        long length = old.map(entry -> entry.attributes().size()).orElse(0L);
        if (offset < 0 || offset > length) {
            throw HistoryException.invalid("offset " + offset + " is outside of '" + name + "', which has " + length + " bytes");
        }
        return write(name, content, old.map(StoreFolder.Entry::real), offset, written ->
                version(name, file(name)).equals(etag) ? Optional.of(replace(name, written)) : Optional.empty());
    }

    boolean delete(String name) {
        renaming.lock();
        try {
            Optional<StoreFolder.Entry> entry = file(name);
            if (entry.isEmpty()) {
                return false;
            }
            Path path = entry.get().real();
            boolean deleted = Files.deleteIfExists(path);
            dropEmptyFolders(path.getParent());
            return deleted;
        } catch (IOException e) {
            throw StoreFolder.broken("file", Path.of(name), e);
        } finally {
            renaming.unlock();
        }
    }

    private void dropEmptyFolders(Path from) {
        Path root = folder.start().get(0);
        try {
            for (Path at = from; at.startsWith(root) && !at.equals(root); at = at.getParent()) {
                Files.delete(at);
            }
        } catch (IOException notEmpty) {
            // The usual end: other objects lie there.
        }
    }

    private <T> T write(String name, InputStream content, Optional<Path> head, long headLength, Rename<T> rename) {
        Path root = folder.start().get(0);
        Path written = null;
        try {
            // Not Files.createTempFile: what that makes is for this user's eyes only, and would stay so.
            written = root.resolve(FileNames.HIDDEN + UUID.randomUUID());
            try (OutputStream out = Files.newOutputStream(written, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                if (head.isPresent() && headLength > 0) {
                    try (InputStream old = new FilePart(Files.newInputStream(head.get()), headLength, name)) {
                        old.transferTo(out);
                    }
                }
                content.transferTo(out);
            }
            inspection.before(root, written);
            renaming.lock();
            try {
                return rename.apply(written);
            } finally {
                renaming.unlock();
            }
        } catch (IOException e) {
            throw HistoryException.unavailable("'" + name + "' could not be written to '" + root + "': " + e, e);
        } finally {
            drop(written);
        }
    }

    private static void drop(Path written) {
        try {
            if (written != null) {
                Files.deleteIfExists(written);
            }
        } catch (IOException kept) {
            // It is hidden from listings; nothing depends on its going.
            System.getLogger(FolderWriter.class.getName()).log(System.Logger.Level.DEBUG, "temporary file left over", kept);
        }
    }

    private ObjectInfo replace(String name, Path written) throws IOException {
        for (int attempt = 1; ; attempt++) {
            Optional<StoreFolder.Entry> old = file(name);
            try {
                Path target = old.isPresent() ? old.get().real() : place(name);
                if (old.isPresent()) {
                    advance(written, old.get().attributes().lastModifiedTime());
                }
                Files.move(written, target, StandardCopyOption.ATOMIC_MOVE);
                return info(name, target);
            } catch (AtomicMoveNotSupportedException e) {
                throw e;
            } catch (IOException meanwhileChanged) {
                if (attempt == TRIES) {
                    throw meanwhileChanged;
                }
            }
        }
    }

    private Optional<ObjectInfo> create(String name, Path written) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                Path target = place(name);
                try {
                    // Unlike a rename, a link fails if another process made the file first.
                    Files.createLink(target, written);
                } catch (UnsupportedOperationException noLinks) {
                    Files.move(written, target);
                }
                return Optional.of(info(name, target));
            } catch (FileAlreadyExistsException | NoSuchFileException meanwhileChanged) {
                if (file(name).isPresent()) {
                    return Optional.empty();
                }
                if (attempt == TRIES) {
                    throw meanwhileChanged;
                }
            }
        }
    }

    /** Clocks of file systems are coarse: without this, two writes within a tick could look like one version. */
    private static void advance(Path written, FileTime old) throws IOException {
        long nanos = old.to(TimeUnit.NANOSECONDS);
        if (Files.getLastModifiedTime(written).to(TimeUnit.NANOSECONDS) <= nanos) {
            Files.setLastModifiedTime(written, FileTime.from(nanos + 1_000, TimeUnit.NANOSECONDS));
        }
    }

    /** A free path for a new object, its folders made. */
    private Path place(String name) throws IOException {
        String[] segments = name.split("/");
        List<Path> way = folder.start();
        for (String segment : Arrays.copyOf(segments, segments.length - 1)) {
            Optional<StoreFolder.Entry> known = folder.entry(way, segment, true);
            way = StoreFolder.step(way, known.isPresent() ? known.get().real() : make(way, segment, true));
        }
        return make(way, segments[segments.length - 1], false);
    }

    private Path make(List<Path> way, String segment, boolean asFolder) throws IOException {
        Path parent = way.get(way.size() - 1);
        for (List<String> form : folder.names().forms(segment)) {
            Path path = parent;
            for (String piece : form.subList(0, form.size() - 1)) {
                path = path.resolve(piece);
                if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createDirectory(path);
                }
            }
            path = path.resolve(form.get(form.size() - 1));
            if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                return asFolder ? Files.createDirectory(path) : path;
            }
            boolean sameKind = asFolder ? Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                    : Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
            if (sameKind) {
                // Another process was faster; the next form would make a second object of this name.
                throw new FileAlreadyExistsException(path.toString());
            }
        }
        throw new FileAlreadyExistsException(parent.resolve(segment).toString(), null, "all names for it are taken");
    }

    private Optional<StoreFolder.Entry> file(String name) {
        int slash = name.lastIndexOf('/') + 1;
        return FolderWalk.way(folder, name.substring(0, slash))
                .flatMap(way -> folder.entry(way, name.substring(slash), false));
    }

    private static String version(String name, Optional<StoreFolder.Entry> entry) {
        return entry.map(found -> StoreFolder.info(name, found.attributes()).etag()).orElse("");
    }

    private static ObjectInfo info(String name, Path path) throws IOException {
        return StoreFolder.info(name, Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    }
}
