package io.rayhistory.adapters.filesystem;

import io.rayhistory.application.port.RayFolder;
import io.rayhistory.application.port.RayFolder.LogFile;
import io.rayhistory.application.port.RayFolder.LogFolder;
import io.rayhistory.application.port.RayFolder.OpenLog;
import io.rayhistory.application.port.RayFolder.Place;
import io.rayhistory.domain.HistoryException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

final class DirectoryRayFolderTest {
    private static final String SESSION = "session_2026-11-22_20-21-16_964865_19675";
    private static final LogFolder LOGS = LogFolder.of(SESSION);
    private static final LogFolder PREVIOUS = new LogFolder(Place.PREVIOUS, "session_old", "ab12");

    @TempDir
    private Path root;
    private Path logs;
    private RayFolder folder;

    @BeforeEach
    void makeFolders() throws IOException {
        logs = Files.createDirectories(root.resolve(SESSION).resolve("logs"));
        folder = new DirectoryRayFolder(root);
    }

    private Path write(Path path, String text) throws IOException {
        Files.createDirectories(path.getParent());
        return Files.writeString(path, text);
    }

    private static List<String> paths(List<LogFile> files) {
        return files.stream().map(LogFile::path).sorted().toList();
    }

    private static String read(OpenLog log) throws IOException {
        byte[] bytes = new byte[100];
        int read = log.read(0, bytes, 0, bytes.length);
        return new String(bytes, 0, Math.max(0, read), StandardCharsets.UTF_8);
    }

    @Test
    void regularFilesAreFoundAndLinksAreNotFollowed() throws IOException {
        write(logs.resolve("raylet.out"), "text");
        write(logs.resolve("events/event_GCS.log"), "");
        Path secret = write(root.resolve("elsewhere/secret"), "secret");
        Files.createSymbolicLink(logs.resolve("link.log"), secret);
        Files.createSymbolicLink(logs.resolve("linked"), secret.getParent());
        assertEquals(List.of("events/event_GCS.log", "raylet.out"), paths(folder.logs(LOGS)));
        assertEquals(Optional.empty(), folder.open(LOGS, new LogFile("link.log", "any", 6, 0)));
    }

    @Test
    void anAbsentFolderIsEmpty() {
        assertEquals(List.of(), folder.logs(LogFolder.of("session_none")));
        assertEquals(List.of(), folder.previous());
        assertEquals(0, folder.pruneCompleted(0, Instant.MAX));
    }

    @Test
    void namesThatLeaveTheRootAreRefused() {
        for (String bad : List.of("..", ".", "a/b", "")) {
            assertThrows(HistoryException.class, () -> folder.logs(LogFolder.of(bad)), bad);
            assertThrows(HistoryException.class, () -> folder.logs(new LogFolder(Place.PREVIOUS, "session_x", bad)), bad);
        }
    }

    @Test
    void anOpenFileIsReadableAfterItIsGone() throws IOException {
        Path file = write(logs.resolve("raylet.out"), "before");
        try (OpenLog open = folder.open(LOGS, folder.logs(LOGS).get(0)).orElseThrow()) {
            Files.writeString(file, " and after", StandardOpenOption.APPEND);
            Files.delete(file);
            assertEquals(16, open.size());
            assertEquals("before and after", read(open));
            assertEquals(-1, open.read(16, new byte[1], 0, 1));
        }
    }

    @Test
    void aRenameKeepsTheIdentityAndAnotherFileHasAnother() throws IOException {
        Path file = write(logs.resolve("raylet.out"), "one");
        LogFile before = folder.logs(LOGS).get(0);
        Files.move(file, logs.resolve("raylet.1.out"));
        assertEquals(before.fileId(), folder.logs(LOGS).get(0).fileId());
        write(file, "two");
        assertEquals(Optional.empty(), folder.open(LOGS, before), "another file has the path");
        LogFile now = folder.logs(LOGS).stream().filter(found -> found.path().equals("raylet.out")).findFirst().orElseThrow();
        assertNotEquals(before.fileId(), now.fileId());
    }

    @Test
    void previousLogsAreMovedToTheRecordAndTheirFolderGoes() throws IOException {
        Path old = write(root.resolve("prev-logs/session_old/ab12/logs/deep/file.log"), "text");
        Files.createSymbolicLink(old.resolveSibling("link"), logs);
        write(logs.resolve("raylet.out"), "stays");
        assertEquals(List.of(PREVIOUS), folder.previous());
        assertEquals(List.of("deep/file.log"), paths(folder.logs(PREVIOUS)));
        folder.complete(PREVIOUS, "deep/file.log");
        assertEquals(List.of(), folder.logs(PREVIOUS));
        assertEquals(List.of("deep/file.log"), paths(folder.logs(PREVIOUS.completed())));
        folder.removePrevious(PREVIOUS);
        assertEquals(List.of(), folder.previous());
        assertTrue(Files.exists(logs.resolve("raylet.out")), "the link led here");
    }

    /** P7. */
    @Test
    void raysOwnFoldersCannotBeChanged() throws IOException {
        Path file = write(logs.resolve("raylet.out"), "text");
        assertThrows(HistoryException.class, () -> folder.complete(LOGS, "raylet.out"));
        assertThrows(HistoryException.class, () -> folder.removePrevious(LOGS));
        assertThrows(HistoryException.class, () -> folder.removePrevious(PREVIOUS.completed()));
        assertTrue(Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void theRecordIsLimitedInAgeAndSize() throws IOException {
        for (int i = 0; i < 4; i++) {
            write(root.resolve("prev-logs/session_old/ab12/logs/" + i), "12345");
            folder.complete(PREVIOUS, "" + i);
        }
        assertEquals(0, folder.pruneCompleted(20, Instant.EPOCH));
        assertEquals(10, folder.pruneCompleted(14, Instant.EPOCH));
        assertEquals(2, folder.logs(PREVIOUS.completed()).size());
        assertEquals(10, folder.pruneCompleted(1 << 20, Instant.MAX));
        assertFalse(Files.exists(root.resolve("persist-complete-logs/session_old/ab12/logs/3")));
    }

    @Test
    void journalsAreReplacedAppendedAndListed() {
        FileJournals journals = new FileJournals(root.resolve("journal"));
        assertEquals(List.of(), journals.nodes(SESSION));
        journals.read(SESSION, "ab12", in -> {
            throw new AssertionError("there is none");
        });
        assertEquals(4, journals.append(SESSION, "ab12", "one\n".getBytes(StandardCharsets.UTF_8)));
        assertEquals(4, journals.replace(SESSION, "ab12", out -> out.write("two\n".getBytes(StandardCharsets.UTF_8))));
        assertEquals(10, journals.append(SESSION, "ab12", "three\n".getBytes(StandardCharsets.UTF_8)));
        assertEquals(List.of("ab12"), journals.nodes(SESSION));
        StringBuilder text = new StringBuilder();
        journals.read(SESSION, "ab12", in -> {
            try {
                text.append(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertEquals("two\nthree\n", text.toString());
        assertThrows(HistoryException.class, () -> journals.append("..", "ab12", new byte[0]));
    }
}
