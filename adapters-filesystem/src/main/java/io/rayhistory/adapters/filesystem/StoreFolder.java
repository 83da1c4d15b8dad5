package io.rayhistory.adapters.filesystem;

import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.domain.HistoryException;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Finds objects in the store's folder, and never anything outside of it: a symbolic link is followed only if its end lies
 * in the root and is none of the folders it was reached through. Reads only. Thread-safe.
 */
final class StoreFolder {

    /**
     * A file or folder that is really there.
     *
     * @param name its segment, and for folders a slash: what listings are sorted by
     * @param real where it is, links resolved
     * @param form which of its segment's forms it has, 0 for the preferred one
     */
    record Entry(String name, Path real, BasicFileAttributes attributes, int form) {
        boolean isFolder() {
            return attributes.isDirectory();
        }
    }

    private final Path root;
    private final FileNames names;

    StoreFolder(Path root, FileNames names) {
        this.root = root;
        this.names = names;
    }

    FileNames names() {
        return names;
    }

    /** The root, links resolved: the beginning of every way to an object. */
    List<Path> start() {
        try {
            Path real = root.toRealPath();
            if (!Files.isDirectory(real)) {
                throw HistoryException.unavailable("storage directory '" + root + "' is a file; expected a folder that "
                        + "collectors wrote to, or a copy of one", null);
            }
            return List.of(real);
        } catch (NoSuchFileException e) {
            throw HistoryException.unavailable("storage directory '" + root + "' does not exist", e);
        } catch (IOException e) {
            throw broken("storage directory", root, e);
        }
    }

    /** The way to a folder, from the root to itself; empty if there is none. */
    Optional<List<Path>> folder(List<String> segments) {
        List<Path> way = start();
        for (String segment : segments) {
            Optional<Entry> folder = entry(way, segment, true);
            if (folder.isEmpty()) {
                return Optional.empty();
            }
            way = step(way, folder.get().real());
        }
        return Optional.of(way);
    }

    /** The file or the folder that stands for a segment. */
    Optional<Entry> entry(List<Path> way, String segment, boolean folder) {
        for (List<String> form : names.forms(segment)) {
            Optional<Entry> found = look(way, form, segment);
            if (found.isPresent() && found.get().isFolder() == folder) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<Entry> look(List<Path> way, List<String> chain, String segment) {
        List<Path> at = way;
        Optional<Entry> found = Optional.empty();
        for (String diskName : chain) {
            if (found.isPresent()) {
                if (!found.get().isFolder()) {
                    return Optional.empty();
                }
                at = step(at, found.get().real());
            }
            found = visible(at, at.get(at.size() - 1).resolve(diskName), segment, 0);
            if (found.isEmpty()) {
                return found;
            }
        }
        return found;
    }

    static List<Path> step(List<Path> way, Path folder) {
        List<Path> longer = new ArrayList<>(way);
        longer.add(folder);
        return longer;
    }

    /** What is at a path, if it is a file or folder of the store. */
    private Optional<Entry> visible(List<Path> way, Path path, String segment, int form) {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        } catch (IOException e) {
            throw broken(e instanceof AccessDeniedException ? "folder" : "file",
                    e instanceof AccessDeniedException ? path.getParent() : path, e);
        }
        Path real = path;
        if (attributes.isSymbolicLink()) {
            try {
                real = path.toRealPath();
                attributes = Files.readAttributes(real, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            } catch (IOException leadsNowhere) {
                return Optional.empty();
            }
            if (!real.startsWith(way.get(0)) || way.contains(real)) {
                return Optional.empty();
            }
        }
        boolean folder = attributes.isDirectory();
        return folder || attributes.isRegularFile()
                ? Optional.of(new Entry(folder ? segment + "/" : segment, real, attributes, form)) : Optional.empty();
    }

    /**
     * The files and folders of one folder whose name starts with a text, in the order of their names. All are held at
     * once, so the largest single folder bounds what a listing needs.
     */
    List<Entry> entries(List<Path> way, String start) {
        List<Entry> entries = new ArrayList<>();
        collect(way, List.of(), start, entries);
        entries.sort((a, b) -> {
            int byName = a.name().compareTo(b.name());
            return byName != 0 ? byName : Integer.compare(a.form(), b.form());
        });
        // Only one form of each is looked at when it is opened, so only that one is shown.
        for (int i = entries.size() - 1; i > 0; i--) {
            if (entries.get(i).name().equals(entries.get(i - 1).name())) {
                entries.remove(i);
            }
        }
        return entries;
    }

    private void collect(List<Path> way, List<String> pieces, String start, List<Entry> entries) {
        Path folder = way.get(way.size() - 1);
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            for (Path child : children) {
                List<String> chain = new ArrayList<>(pieces);
                chain.add(child.getFileName().toString());
                if (names.isContinued(child.getFileName().toString())) {
                    visible(way, child, "", 0).filter(Entry::isFolder)
                            .ifPresent(piece -> collect(step(way, piece.real()), chain, start, entries));
                } else {
                    names.segment(chain).filter(segment -> segment.startsWith(start))
                            .flatMap(segment -> visible(way, child, segment, names.rank(chain, segment)))
                            .ifPresent(entries::add);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException gone) {
            start();
        } catch (DirectoryIteratorException e) {
            throw broken("folder", folder, e.getCause());
        } catch (IOException e) {
            throw broken("folder", folder, e);
        }
    }

    /**
     * Whether an object lies anywhere below: stops at the first. A folder that may not be read counts, for opening it
     * tells why.
     */
    boolean holdsObject(List<Path> way) {
        List<Path> folders = new ArrayList<>();
        Path folder = way.get(way.size() - 1);
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            for (Path child : children) {
                String diskName = child.getFileName().toString();
                boolean continued = names.isContinued(diskName) || names.isContinued(folder.getFileName().toString());
                boolean named = continued || names.segment(List.of(diskName)).isPresent();
                Optional<Entry> entry = named ? visible(way, child, diskName, 0) : Optional.empty();
                if (entry.isPresent() && !entry.get().isFolder()) {
                    return true;
                }
                entry.ifPresent(found -> folders.add(found.real()));
            }
        } catch (NoSuchFileException | NotDirectoryException gone) {
            return false;
        } catch (IOException | DirectoryIteratorException unreadable) {
            return true;
        }
        return folders.stream().anyMatch(below -> holdsObject(step(way, below)));
    }

    static ObjectInfo info(String name, BasicFileAttributes attributes) {
        long nanos = attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
        String etag = Long.toHexString(attributes.size()) + "-" + Long.toHexString(nanos) + "-"
                + Integer.toHexString(String.valueOf(attributes.fileKey()).hashCode());
        return new ObjectInfo(name, attributes.size(), etag, attributes.lastModifiedTime().toInstant());
    }

    /** The one place where failures of the file system become ours. */
    static HistoryException broken(String what, Path path, IOException cause) {
        String why = cause instanceof AccessDeniedException ? "may not be read or written by this user"
                : cause instanceof FileSystemException file && file.getReason() != null ? file.getReason() : cause.toString();
        return HistoryException.unavailable(what + " '" + path + "': " + why, cause);
    }
}
