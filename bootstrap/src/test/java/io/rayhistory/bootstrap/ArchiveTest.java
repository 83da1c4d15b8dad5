package io.rayhistory.bootstrap;

import io.rayhistory.domain.HistoryException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

final class ArchiveTest {
    private static final String ODD = "store/restful__api__v0__placement_groups?detail=1&limit=10000";

    @TempDir
    private Path folder;

    @Test
    void namesThatTellAnArchive() {
        Stream.of("a.zip", "A.ZIP", "a.tar.gz", "a.tgz", "a.tar").forEach(name -> assertTrue(Archive.isOne(Path.of(name)), name));
        Stream.of("a.gz", "zip", "a.7z", "/").forEach(name -> assertFalse(Archive.isOne(Path.of(name)), name));
    }

    @Test
    void zipAndTarGiveTheSameFiles() throws IOException {
        for (Path archive : List.of(zip("a.zip", ODD, "store/b"), tar("a.tar.gz", ODD, "store/b"), tar("b.tgz", "./" + ODD, "./store/b"))) {
            Path target = Files.createDirectory(folder.resolve(archive.getFileName() + ".out"));
            Archive.Unpacked unpacked = Archive.unpack(archive, target, Archive.Limits.DEFAULT);
            assertEquals(2, unpacked.files(), archive.toString());
            assertEquals(ODD.length() + "store/b".length(), unpacked.bytes(), 4, archive.toString());
            assertTrue(Files.readString(target.resolve(ODD)).endsWith(ODD));
        }
    }

    @Test
    void entryThatLeavesTheTargetIsRefusedAndWritesNothing() throws IOException {
        for (String name : List.of("../evil", "a/../../evil", "/evil", "..\\evil", "a/..", "//evil")) {
            for (Path archive : List.of(zip("evil.zip", name), tar("evil.tar.gz", name))) {
                Path target = Files.createDirectories(folder.resolve("deep/target"));
                HistoryException refused = assertThrows(HistoryException.class,
                        () -> Archive.unpack(archive, target, Archive.Limits.DEFAULT), archive + " " + name);
                assertEquals(HistoryException.Kind.INVALID, refused.kind());
                try (Stream<Path> all = Files.walk(folder)) {
                    assertFalse(all.anyMatch(path -> path.endsWith("evil")), name);
                }
            }
        }
    }

    @Test
    void linksAreLeftOut() throws IOException {
        Path archive = folder.resolve("links.tar");
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(Files.newOutputStream(archive))) {
            for (byte kind : new byte[] {TarConstants.LF_SYMLINK, TarConstants.LF_LINK}) {
                TarArchiveEntry link = new TarArchiveEntry("link" + kind, kind);
                link.setLinkName("/etc/passwd");
                tar.putArchiveEntry(link);
                tar.closeArchiveEntry();
            }
        }
        Path target = Files.createDirectory(folder.resolve("target"));
        assertEquals(new Archive.Unpacked(0, 0, 2), Archive.unpack(archive, target, Archive.Limits.DEFAULT));
        assertEquals(0, target.toFile().list().length);
    }

    @Test
    void tooManyEntriesOrBytesStopTheUnpacking() throws IOException {
        Path archive = zip("many.zip", "a", "b", "c");
        Path target = Files.createDirectory(folder.resolve("target"));
        for (Archive.Limits limits : List.of(new Archive.Limits(2, 100), new Archive.Limits(100, 2))) {
            HistoryException refused = assertThrows(HistoryException.class, () -> Archive.unpack(archive, target, limits));
            assertEquals(HistoryException.Kind.TOO_LARGE, refused.kind());
        }
        assertEquals(3, Archive.unpack(archive, target, new Archive.Limits(3, 3)).files());
    }

    @Test
    void cutArchiveIsCorrupt() throws IOException {
        byte[] whole = Files.readAllBytes(tar("whole.tar.gz", ODD, "b"));
        Path cut = Files.write(folder.resolve("cut.tar.gz"), Arrays.copyOf(whole, whole.length / 2));
        Path noZip = Files.writeString(folder.resolve("no.zip"), "PK no zip at all");
        for (Path archive : List.of(cut, noZip)) {
            Path target = Files.createDirectories(folder.resolve("target"));
            HistoryException refused = assertThrows(HistoryException.class, () -> Archive.unpack(archive, target, Archive.Limits.DEFAULT));
            assertEquals(HistoryException.Kind.CORRUPT, refused.kind(), refused.getMessage());
        }
    }

    /** Each file holds its own name. */
    private Path zip(String file, String... names) throws IOException {
        Path path = folder.resolve(file);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path))) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(name.getBytes(StandardCharsets.UTF_8));
            }
        }
        return path;
    }

    private Path tar(String file, String... names) throws IOException {
        Path path = folder.resolve(file);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path)); TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            for (String name : names) {
                byte[] content = name.getBytes(StandardCharsets.UTF_8);
                TarArchiveEntry entry = new TarArchiveEntry(name, true);
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
        return path;
    }
}
