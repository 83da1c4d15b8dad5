package io.rayhistory.bootstrap;

import io.rayhistory.domain.HistoryException;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Enumeration;
import java.util.Locale;

/**
 * Unpacks a {@code .tar.gz}, {@code .tgz}, {@code .tar} or {@code .zip} that somebody was sent, so it trusts nothing in
 * it: no entry lands outside the target, links and devices are left out, and count and bytes are bounded.
 */
final class Archive {

    /** @param bytes of all files together, unpacked */
    record Limits(long entries, long bytes) {
        static final Limits DEFAULT = new Limits(500_000, 32L << 30);
    }

    /** @param skipped links and other entries that are neither file nor folder */
    record Unpacked(long files, long bytes, long skipped) {
    }

    private final Path archive;
    private final Path target;
    private final Limits limits;
    private long entries;
    private long files;
    private long bytes;
    private long skipped;

    private Archive(Path archive, Path target, Limits limits) {
        this.archive = archive;
        this.target = target;
        this.limits = limits;
    }

    static boolean isOne(Path path) {
        String name = path.getFileName() == null ? "" : path.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".zip") || name.endsWith(".tar.gz") || name.endsWith(".tgz") || name.endsWith(".tar");
    }

    /**
     * @param target an existing empty folder
     * @throws HistoryException INVALID if an entry would leave the target, TOO_LARGE past a limit, CORRUPT if the
     *         archive cannot be read to its end
     */
    static Unpacked unpack(Path archive, Path target, Limits limits) {
        Archive job = new Archive(archive, target, limits);
        try {
            if (archive.toString().toLowerCase(Locale.ROOT).endsWith(".zip")) {
                job.unzip();
            } else {
                job.untar();
            }
        } catch (IOException e) {
            throw new HistoryException(HistoryException.Kind.CORRUPT, archive + " cannot be unpacked: " + e.getMessage(), e);
        }
        return new Unpacked(job.files, job.bytes, job.skipped);
    }

    private void unzip() throws IOException {
        try (ZipFile zip = ZipFile.builder().setPath(archive).get()) {
            Enumeration<ZipArchiveEntry> all = zip.getEntries();
            while (all.hasMoreElements()) {
                ZipArchiveEntry entry = all.nextElement();
                try (InputStream content = zip.getInputStream(entry)) {
                    place(entry, !entry.isUnixSymlink(), content);
                }
            }
        }
    }

    private void untar() throws IOException {
        try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
             InputStream plain = gunzip(file);
             TarArchiveInputStream tar = new TarArchiveInputStream(plain, "UTF-8")) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                place(entry, entry.isFile() && !entry.isLink() && !entry.isSymbolicLink(), tar);
            }
        }
    }

    /** The magic bytes decide, for names lie. */
    private static InputStream gunzip(InputStream file) throws IOException {
        file.mark(2);
        boolean gzip = file.read() == 0x1f && file.read() == 0x8b;
        file.reset();
        return gzip ? GzipCompressorInputStream.builder().setInputStream(file).setDecompressConcatenated(true).get() : file;
    }

    private void place(ArchiveEntry entry, boolean plainFile, InputStream content) throws IOException {
        if (++entries > limits.entries()) {
            throw tooLarge(limits.entries() + " entries");
        }
        Path path = placeOf(entry.getName());
        if (entry.isDirectory()) {
            Files.createDirectories(path);
        } else if (!plainFile) {
            skipped++;
        } else {
            Files.createDirectories(path.getParent());
            try (OutputStream out = Files.newOutputStream(path)) {
                copy(content, out);
            }
            Files.setLastModifiedTime(path, FileTime.fromMillis(entry.getLastModifiedDate().getTime()));
            files++;
        }
    }

    private Path placeOf(String name) {
        String clean = name.replace('\\', '/');
        for (String segment : clean.split("/")) {
            if (segment.equals("..") || segment.indexOf('\0') >= 0) {
                throw leaves(name);
            }
        }
        Path path = target.resolve(clean.replaceFirst("^/+", "./")).normalize();
        if (clean.startsWith("/") || !path.startsWith(target)) {
            throw leaves(name);
        }
        return path;
    }

    private void copy(InputStream from, OutputStream to) throws IOException {
        byte[] buffer = new byte[1 << 16];
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            bytes += read;
            if (bytes > limits.bytes()) {
                throw tooLarge(limits.bytes() + " bytes");
            }
            to.write(buffer, 0, read);
        }
    }

    private HistoryException leaves(String name) {
        return HistoryException.invalid(archive + ": entry '" + name + "' points outside of the archive; nothing of it is trusted");
    }

    private HistoryException tooLarge(String limit) {
        return new HistoryException(HistoryException.Kind.TOO_LARGE,
                archive + " holds more than " + limit + "; unpack it yourself and open the folder");
    }
}
