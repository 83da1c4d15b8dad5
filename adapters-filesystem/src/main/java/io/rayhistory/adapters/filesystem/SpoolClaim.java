package io.rayhistory.adapters.filesystem;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps two processes from taking up and cutting each other's files. A killed process holds no claim. */
final class SpoolClaim implements Closeable {
    private final Path file;
    private FileChannel channel;

    SpoolClaim(Path file) {
        this.file = file;
    }

    /** @throws IOException if another process, or another spool of this one, holds the folder */
    void take() throws IOException {
        if (channel != null) {
            return;
        }
        FileChannel opened = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = opened.tryLock();
            if (lock == null) {
                throw new IOException("another collector uses the folder " + file.getParent());
            }
            channel = opened;
        } catch (OverlappingFileLockException twice) {
            throw new IOException("another spool of this process uses the folder " + file.getParent(), twice);
        } finally {
            if (channel == null) {
                opened.close();
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }

    /** Removes the files of a folder, if there is one: batches of a process that died before it committed them. */
    static void deleteFiles(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path left : files) {
                Files.delete(left);
            }
        } catch (NoSuchFileException none) {
            // The usual case: batches are small, or were committed.
        }
    }
}
