package io.rayhistory.adapters.filesystem;

import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.application.port.StoreFixture;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.HistoryException.Kind;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What only a folder can get wrong: what other programs put there, what users forbid, where links lead. */
final class FolderOnDiskTest extends FolderFixture {
    @Test
    void blobsCopiedVerbatimKeepTheirNames() throws IOException {
        List<String> names = List.of("ray/s/fetched_endpoints/restful__api__v0__placement_groups?detail=1&limit=10000",
                "ray/s/logs/n/a%41b", "ray/s/logs/n/back\\slash", "ray/s/logs/n/half%", "ray/s/logs/n/trailing.");
        for (String name : names) {
            file(name, name);
        }
        assertEquals(names, names("ray/"));
        for (String name : names) {
            assertEquals(name, text(name));
        }
    }

    @Test
    void whatLooksEscapedButIsNotStandsForItself() throws IOException {
        for (String name : List.of("%~", "%~%zz", "%~a%2", "%~%61", "%~~", "%~ü")) {
            file(name, name);
            assertTrue(names("").contains(name), name);
            assertEquals(name, text(name));
        }
    }

    @Test
    void anExistingFileIsReplacedWhateverFormItsNameHas() throws IOException {
        ObjectStore windows = new DirectoryObjectStore(root, new FileNames(true));
        windows.put("a?b/c:d", StoreFixture.stream("written on Windows"));
        assertEquals("written on Windows", text("a?b/c:d"));
        put("a?b/c:d", "replaced on Linux");
        assertEquals(List.of("a?b/c:d"), names(""));
        assertEquals("replaced on Linux", windows.read("a?b/c:d", 0, 99, "", (stream, object) -> StoreFixture.utf8(stream)).orElseThrow());
        file("raw?", "first of two forms");
        windows.put("raw:", StoreFixture.stream("x"));
        assertEquals(List.of("a?b/c:d", "raw:", "raw?"), names(""));
    }

    @Test
    void aMissingRootIsAnOutageNotAnEmptyStore() throws IOException {
        ObjectStore missing = new DirectoryObjectStore(temp.resolve("nowhere"));
        for (Runnable action : List.<Runnable>of(missing::check, () -> missing.list("").hasNext(), () -> missing.list("a/b").hasNext(),
                () -> missing.list("/").hasNext(), () -> missing.listFolder("").hasNext(), () -> missing.find("x"), () -> missing.find("/x"),
                () -> missing.read("x", 0, 1, "", (stream, object) -> ""), () -> missing.put("x", StoreFixture.stream("")),
                () -> missing.delete("x"))) {
            HistoryException failure = assertThrows(HistoryException.class, action::run);
            assertEquals(Kind.UNAVAILABLE, failure.kind());
            assertTrue(failure.getMessage().contains("nowhere' does not exist"), failure.getMessage());
        }
        assertFalse(Files.exists(temp.resolve("nowhere")));
        Files.createDirectory(temp.resolve("nowhere"));
        missing.check();
        assertFalse(missing.list("").hasNext());
    }

    @Test
    void aFileIsNoRoot() throws IOException {
        Files.writeString(temp.resolve("file"), "x");
        HistoryException failure = assertThrows(HistoryException.class, () -> new DirectoryObjectStore(temp.resolve("file")).check());
        assertTrue(failure.getMessage().contains("is a file"), failure.getMessage());
    }

    @Test
    void anUnreadableFolderIsAnErrorThatNamesIt() throws IOException {
        file("open/x", "x");
        file("shut/y", "y");
        Files.setPosixFilePermissions(root.resolve("shut"), PosixFilePermissions.fromString("---------"));
        try {
            if (Files.isReadable(root.resolve("shut"))) {
                // The superuser reads everything; the end-to-end checks of the jar ask again as somebody else.
                assertEquals(List.of("open/x", "shut/y"), names(""));
                return;
            }
            for (Runnable action : List.<Runnable>of(() -> names(""), () -> names("shut/"), () -> store().find("shut/y"), () -> folder("shut/"))) {
                HistoryException failure = assertThrows(HistoryException.class, action::run);
                assertEquals(Kind.UNAVAILABLE, failure.kind());
                assertTrue(failure.getMessage().contains("shut"), failure.getMessage());
            }
            assertEquals(List.of("open/x"), names("open/"));
            assertEquals(List.of("open/", "shut/"), folder(""));
        } finally {
            Files.setPosixFilePermissions(root.resolve("shut"), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Test
    void aListingThatBrokeStaysBroken() throws IOException {
        file("a/x", "x");
        file("b/y", "y");
        Iterator<ObjectInfo> listing = store().list("");
        assertEquals("a/x", listing.next().name());
        Files.move(root, temp.resolve("moved"));
        fails(Kind.UNAVAILABLE, listing::hasNext);
        Files.move(temp.resolve("moved"), root);
        fails(Kind.UNAVAILABLE, listing::hasNext);
        fails(Kind.UNAVAILABLE, listing::next);
    }

    @Test
    void emptyFoldersAreNoFolders() throws IOException {
        Files.createDirectories(root.resolve("empty/nested/deep"));
        file("full/nested/x", "x");
        assertEquals(List.of("full/"), folder(""));
        assertEquals(List.of("full/nested/"), folder("full/"));
        put("empty", "a file beside an empty folder");
        assertEquals(List.of("empty", "full/nested/x"), names(""));
    }

    @Test
    void halfWrittenFilesAreInvisible() throws IOException {
        String[] seen = new String[1];
        put("other", "x");
        store().put("written", new SequenceInputStream(StoreFixture.stream("first"), new InputStream() {
            @Override
            public int read() {
                seen[0] = names("").toString() + folder("");
                return -1;
            }
        }));
        assertEquals("[other][other]", seen[0]);
        file("%~%tmp-left-by-a-kill", "x");
        assertEquals(List.of("other", "written"), names(""));
        assertEquals(Optional.empty(), store().find("%~%tmp-left-by-a-kill"));
        put("%~%tmp-left-by-a-kill", "an object of that name");
        assertEquals(List.of("%~%tmp-left-by-a-kill", "other", "written"), names(""));
        try (Stream<Path> files = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
            assertEquals(1 + 4, files.count(), "no temporary file of ours is left");
        }
    }

    @Test
    void whatAKilledProcessLeftIsClearedAwayAfterADay() throws IOException {
        file("%~%tmp-old", "x");
        file("%~%tmp-young", "x");
        file("other", "x");
        for (String old : List.of("%~%tmp-old", "other")) {
            Files.setLastModifiedTime(root.resolve(old), FileTime.fromMillis(1_000));
        }
        put("first", "x");
        assertFalse(Files.exists(root.resolve("%~%tmp-old")));
        assertTrue(Files.exists(root.resolve("%~%tmp-young")));
        assertEquals(List.of("first", "other"), names(""));
    }

    @Test
    void aRootThatMixesUpCasesIsNotWrittenTo() throws IOException {
        Path lower = Files.createFile(root.resolve("%~%tmp-written"));
        new RootInspection().before(root, lower);
        Files.createFile(root.resolve("%~%TMP-WRITTEN"));
        fails(Kind.INVALID, () -> {
            try {
                new RootInspection().before(root, lower);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void filesAreReadableByWhomTheUserLets() throws IOException {
        put("x", "x");
        Path plain = Files.createFile(temp.resolve("plain"));
        assertEquals(Files.getPosixFilePermissions(plain).contains(PosixFilePermission.GROUP_READ),
                Files.getPosixFilePermissions(root.resolve("x")).contains(PosixFilePermission.GROUP_READ));
    }

    @Test
    void aFileCutShortWhileItIsReadIsAFailure() throws IOException {
        file("shrinks", "x".repeat(100_000));
        fails(Kind.UNAVAILABLE, () -> store().read("shrinks", 0, ObjectStore.TO_END, "", (stream, object) -> {
            stream.read();
            Files.writeString(root.resolve("shrinks"), "short");
            return stream.readAllBytes().length;
        }));
    }

    @Test
    void aFileGrowingUnderAReaderIsReadAsItWas() throws IOException {
        file("grows", "start");
        assertEquals("start", store().read("grows", 0, ObjectStore.TO_END, "", (stream, object) -> {
            Files.writeString(root.resolve("grows"), " and more", StandardOpenOption.APPEND);
            return StoreFixture.utf8(stream);
        }).orElseThrow());
        assertEquals("start and more", text("grows"));
    }

    @Test
    void versionsDifferEvenIfTheClockStandsStill() throws IOException {
        put("x", "one");
        Files.setLastModifiedTime(root.resolve("x"), FileTime.from(Instant.now().plusSeconds(3_600)));
        ObjectInfo old = store().find("x").orElseThrow();
        ObjectInfo now = put("x", "two");
        assertTrue(now.modified().isAfter(old.modified()), old + " " + now);
        assertTrue(store().extend("x", now.etag(), 3, StoreFixture.stream("")).orElseThrow().modified().isAfter(now.modified()));
    }

    @Test
    void deletingLeavesNoEmptyFoldersBehind() throws IOException {
        put("a/b/c", "x");
        put("a/d", "x");
        store().delete("a/b/c");
        assertFalse(Files.exists(root.resolve("a/b")));
        store().delete("a/d");
        assertFalse(Files.exists(root.resolve("a")));
        assertTrue(Files.exists(root));
    }
}
