package io.rayhistory.adapters.filesystem;

import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.layout.ObjectName;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;

/**
 * A folder as an object store: an object's name is its path below the root. Reads folders into which other tools copied
 * blobs verbatim; what the file system cannot hold is written under an escaped name and shown under its own.
 *
 * <p>Nothing outside of the root is ever read, shown or written, whatever the names or links inside say. The root must
 * exist: a missing one is UNAVAILABLE, not empty. Safe for many threads; of several processes only one may {@link
 * #extend} an object.
 */
public final class DirectoryObjectStore implements ObjectStore {
    private static final int TRIES = 10;

    private final Path root;
    private final StoreFolder folder;
    private final FolderWriter writer;

    /** @param root the folder; need not exist yet */
    public DirectoryObjectStore(Path root) {
        this(root, new FileNames(File.separatorChar == '\\'));
    }

    DirectoryObjectStore(Path root, FileNames names) {
        this.root = root.toAbsolutePath().normalize();
        this.folder = new StoreFolder(this.root, names);
        this.writer = new FolderWriter(folder);
    }

    @Override
    public Iterator<ObjectInfo> list(String prefix) {
        return new FolderWalk(folder, ObjectName.requirePrefix(prefix));
    }

    @Override
    public Iterator<String> listFolder(String prefix) {
        return new Children(ObjectName.requireFolder(prefix));
    }

    @Override
    public Optional<ObjectInfo> find(String name) {
        return file(name).map(entry -> StoreFolder.info(name, entry.attributes()));
    }

    private Optional<StoreFolder.Entry> file(String name) {
        ObjectName.requireReadable(name);
        int slash = name.lastIndexOf('/') + 1;
        return FolderWalk.way(folder, name.substring(0, slash))
                .flatMap(way -> folder.entry(way, name.substring(slash), false));
    }

    @Override
    public <T> Optional<T> read(String name, long offset, long length, String etag, StreamReader<T> reader) {
        if (offset < 0 || length < 0) {
            throw HistoryException.invalid("range " + offset + "+" + length + " of '" + name + "' is negative");
        }
        for (int attempt = 1; ; attempt++) {
            Optional<StoreFolder.Entry> entry = file(name);
            if (entry.isEmpty()) {
                return Optional.empty();
            }
            ObjectInfo object = StoreFolder.info(name, entry.get().attributes());
            if (!etag.isEmpty() && !etag.equals(object.etag())) {
                throw HistoryException.unavailable("'" + name + "' has changed since it was looked up", null);
            }
            Path path = entry.get().real();
            try (FileChannel channel = FileChannel.open(path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
                // Replaced between the look and the opening? Then these would be the bytes of another version.
                BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                if (StoreFolder.info(name, now).etag().equals(object.etag())) {
                    return Optional.of(lend(channel, object, offset, length, reader));
                }
                if (attempt == TRIES) {
                    throw HistoryException.unavailable("'" + name + "' keeps changing while it is opened", null);
                }
            } catch (NoSuchFileException replaced) {
                if (attempt == TRIES) {
                    throw StoreFolder.broken("file", path, replaced);
                }
            } catch (IOException e) {
                throw StoreFolder.broken("file", path, e);
            }
        }
    }

    private static <T> T lend(FileChannel channel, ObjectInfo object, long offset, long length, StreamReader<T> reader)
            throws IOException {
        long from = Math.min(offset, object.length());
        channel.position(from);
        long count = Math.min(length, object.length() - from);
        try (InputStream stream = new FilePart(Channels.newInputStream(channel), count, object.name())) {
            return reader.read(stream, object);
        }
    }

    @Override
    public ObjectInfo put(String name, InputStream content) {
        return writer.put(ObjectName.requireWritable(name), content);
    }

    @Override
    public Optional<ObjectInfo> putIfAbsent(String name, InputStream content) {
        return writer.putIfAbsent(ObjectName.requireWritable(name), content);
    }

    /** Copies the part that stays, so the cost is that of writing the whole file. */
    @Override
    public Optional<ObjectInfo> extend(String name, String etag, long offset, InputStream content) {
        return writer.extend(ObjectName.requireWritable(name), etag, offset, content);
    }

    @Override
    public boolean delete(String name) {
        ObjectName.requireReadable(name);
        return writer.delete(name);
    }

    @Override
    public Optional<ObjectInfo> copy(String source, String target) {
        ObjectName.requireWritable(target);
        return read(source, 0, TO_END, "", (stream, object) -> writer.put(target, stream));
    }

    @Override
    public void check() {
        folder.entries(folder.start(), "");
    }

    @Override
    public String describe() {
        return root.toString();
    }

    @Override
    public void close() {
        // Nothing is held open between calls.
    }

    /** The children of one folder; a folder without any object below is none. */
    private final class Children implements Iterator<String> {
        private final String prefix;
        private List<Path> way;
        private Iterator<StoreFolder.Entry> entries;
        private String next;

        Children(String prefix) {
            this.prefix = prefix;
        }

        @Override
        public boolean hasNext() {
            if (entries == null) {
                way = FolderWalk.way(folder, prefix).orElse(List.of());
                entries = way.isEmpty() ? List.<StoreFolder.Entry>of().iterator() : folder.entries(way, "").iterator();
            }
            while (next == null && entries.hasNext()) {
                StoreFolder.Entry entry = entries.next();
                if (!entry.isFolder() || folder.holdsObject(StoreFolder.step(way, entry.real()))) {
                    next = prefix + entry.name();
                }
            }
            return next != null;
        }

        @Override
        public String next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            String found = next;
            next = null;
            return found;
        }
    }
}
