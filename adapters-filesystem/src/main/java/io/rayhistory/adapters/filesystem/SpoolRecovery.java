package io.rayhistory.adapters.filesystem;

import io.rayhistory.application.port.EventSpool.Category;
import io.rayhistory.domain.HistoryException;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Finds what earlier processes left: their own files and those of the Go peer, of every cluster and session. A line torn by
 * their death is cut off and put into quarantine. One file that cannot be read hides no other.
 */
final class SpoolRecovery {
    private static final System.Logger LOG = System.getLogger(SpoolRecovery.class.getName());
    private static final int BUFFER = 64 << 10;

    private final SpoolTable table;
    private final Quarantine quarantine;

    SpoolRecovery(SpoolTable table, Quarantine quarantine) {
        this.table = table;
        this.quarantine = quarantine;
    }

    /** @throws IOException if the data folder itself cannot be listed; then nothing was taken up */
    void run(Path data) throws IOException {
        for (Path cluster : children(data, folder -> folder.getFileName().toString().indexOf('_') > 0)) {
            for (Path session : orNone(cluster)) {
                recover(cluster, session, "", session.resolve(SpoolNames.NODE_EVENTS));
                Path jobs = session.resolve(SpoolNames.JOB_EVENTS);
                for (Path job : orNone(jobs)) {
                    recover(cluster, session, job.getFileName().toString(), job);
                }
            }
        }
    }

    private void recover(Path cluster, Path session, String jobId, Path folder) {
        try {
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                return;
            }
            Category category = new Category(session.getFileName().toString(), jobId);
            for (Path file : files(folder)) {
                try {
                    recover(cluster.getFileName().toString(), category, file);
                } catch (IOException | HistoryException e) {
                    LOG.log(System.Logger.Level.WARNING, () -> "spool file " + file + " cannot be taken up, it stays", e);
                }
            }
        } catch (IOException | HistoryException e) {
            LOG.log(System.Logger.Level.WARNING, () -> "spool folder " + folder + " cannot be taken up, it stays", e);
        }
    }

    private void recover(String clusterFolder, Category category, Path file) throws IOException {
        String name = file.getFileName().toString();
        SpoolNames.Parsed parsed = SpoolNames.parse(name).orElse(null);
        if (parsed == null) {
            tidy(file, name);
            return;
        }
        long length = parsed.gzip() ? Files.size(file) : cutTornTail(file);
        Path header = SpoolNames.header(parsed.gzip() ? uncompressed(file) : file);
        boolean known = !Files.exists(header, LinkOption.NOFOLLOW_LINKS);
        if (length == 0 || !parsed.gzip() && compressedTwin(file)) {
            Files.delete(file);
            Files.deleteIfExists(header);
            return;
        }
        table.add(clusterFolder, category, parsed.opened(), parsed.gzip(), file, known ? parsed.writer() : "", length, false);
    }

    /** Files that mean nothing without their namesake: the peer's unfinished compressions, headers. */
    private static void tidy(Path file, String name) throws IOException {
        if (name.endsWith(SpoolNames.HEADER)) {
            String lines = name.substring(0, name.length() - SpoolNames.HEADER.length()) + SpoolNames.LINES;
            if (!Files.exists(file.resolveSibling(lines), LinkOption.NOFOLLOW_LINKS)) {
                Files.delete(file);
            }
        } else if (name.endsWith(".tmp") && name.contains(SpoolNames.LINES)) {
            String lines = name.substring(0, name.indexOf(SpoolNames.LINES) + SpoolNames.LINES.length());
            if (Files.exists(file.resolveSibling(lines), LinkOption.NOFOLLOW_LINKS)) {
                Files.delete(file);
            }
        } else {
            LOG.log(System.Logger.Level.WARNING, () -> file + " is no spool file; expected {node}_{nanos}.jsonl[.gz]; it stays");
        }
    }

    private static Path uncompressed(Path gzip) {
        String name = gzip.getFileName().toString();
        return gzip.resolveSibling(name.substring(0, name.length() - SpoolNames.GZIP.length()));
    }

    /** What remains of the file's length when it ends with its last line end. */
    private long cutTornTail(Path file) throws IOException {
        try (RandomAccessFile lines = new RandomAccessFile(file.toFile(), "rw")) {
            long length = lines.length();
            long end = lastLineEnd(lines, length);
            if (end < length) {
                byte[] tail = new byte[(int) Math.min(length - end, BUFFER + 4L)];
                lines.seek(end);
                lines.readFully(tail);
                quarantine.add("torn line at the end of " + file.getFileName(), tail, 0, tail.length, length - end);
                lines.setLength(end);
            }
            return end;
        }
    }

    private static long lastLineEnd(RandomAccessFile lines, long length) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (long end = length; end > 0; ) {
            int count = (int) Math.min(end, BUFFER);
            lines.seek(end - count);
            lines.readFully(buffer, 0, count);
            for (int i = count - 1; i >= 0; i--) {
                if (buffer[i] == '\n') {
                    return end - count + i + 1;
                }
            }
            end -= count;
        }
        return 0;
    }

    /**
     * True if the peer died between compressing a file and deleting it: the same lines lie in the compressed one. Two files
     * that differ are both kept; readers know an event that they meet twice.
     */
    private static boolean compressedTwin(Path lines) throws IOException {
        Path twin = lines.resolveSibling(lines.getFileName() + SpoolNames.GZIP);
        if (!Files.isRegularFile(twin, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (InputStream plain = new BufferedInputStream(Files.newInputStream(lines), BUFFER);
                InputStream packed = new GZIPInputStream(Files.newInputStream(twin), BUFFER)) {
            byte[] a = new byte[BUFFER];
            byte[] b = new byte[BUFFER];
            for (;;) {
                int count = plain.readNBytes(a, 0, BUFFER);
                if (packed.readNBytes(b, 0, BUFFER) != count || !Arrays.equals(a, 0, count, b, 0, count)) {
                    return false;
                }
                if (count == 0) {
                    return true;
                }
            }
        } catch (ZipException | EOFException damaged) {
            return false;
        }
    }

    private static List<Path> orNone(Path folder) {
        try {
            return children(folder, child -> true);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, () -> "spool folder " + folder + " cannot be listed, it stays", e);
            return List.of();
        }
    }

    private static List<Path> children(Path folder, Predicate<Path> wanted) throws IOException {
        return list(folder, child -> Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS) && wanted.test(child));
    }

    private static List<Path> files(Path folder) throws IOException {
        return list(folder, child -> Files.isRegularFile(child, LinkOption.NOFOLLOW_LINKS));
    }

    private static List<Path> list(Path folder, Predicate<Path> wanted) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path child : all) {
                if (wanted.test(child)) {
                    found.add(child);
                }
            }
        } catch (NoSuchFileException absent) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        found.sort(null);
        return found;
    }
}
