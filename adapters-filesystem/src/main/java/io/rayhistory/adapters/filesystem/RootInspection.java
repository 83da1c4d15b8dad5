package io.rayhistory.adapters.filesystem;

import io.rayhistory.domain.HistoryException;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Locale;

/** Looks once at a root before it is written to: can it hold our names, and did a killed process leave files behind? */
final class RootInspection {
    /** No write takes that long; a younger temporary file may be another process's, being written now. */
    private static final Duration ABANDONED = Duration.ofDays(1);

    private volatile boolean done;

    /**
     * @param written a temporary file in the root, made just now: the file system's own clock
     * @throws HistoryException INVALID if the file system takes {@code A} for {@code a}: objects would replace each other
     */
    void before(Path root, Path written) throws IOException {
        if (done) {
            return;
        }
        Path otherCase = root.resolve(written.getFileName().toString().toUpperCase(Locale.ROOT));
        if (Files.exists(otherCase, LinkOption.NOFOLLOW_LINKS)) {
            throw HistoryException.invalid("storage directory '" + root + "' is on a file system that does not tell upper from "
                    + "lower case, so it can be read but not written to");
        }
        long oldest = Files.getLastModifiedTime(written).toMillis() - ABANDONED.toMillis();
        try (DirectoryStream<Path> temporary = Files.newDirectoryStream(root,
                path -> path.getFileName().toString().startsWith(FileNames.HIDDEN))) {
            for (Path path : temporary) {
                dropIfOlder(path, oldest);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        done = true;
    }

    private static void dropIfOlder(Path path, long oldest) throws IOException {
        try {
            BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (found.isRegularFile() && found.lastModifiedTime().toMillis() < oldest) {
                Files.deleteIfExists(path);
            }
        } catch (NoSuchFileException gone) {
            // Another process has just finished with it.
        }
    }
}
