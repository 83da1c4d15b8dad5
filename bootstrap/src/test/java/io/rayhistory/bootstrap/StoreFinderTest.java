package io.rayhistory.bootstrap;

import io.rayhistory.domain.HistoryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

final class StoreFinderTest {
    private static final String SESSION = "session_2026-11-22_20-21-16_964865_19675";
    private static final String NODE = "5263ab4e58b0b118a9ecbb1b829dcf4eb165494fc261bfd004660e1f";

    @TempDir
    private Path folder;

    @Test
    void storeIsFoundInTheFoldersAroundIt() throws IOException {
        make("backup/ray/cluster-metadata/raycluster", "backup/ray/cluster-history/raycluster/default/demo/" + SESSION + "/" + NODE + "/logs");
        assertEquals(new StoreFinder.Found(folder.resolve("backup/ray"), true), StoreFinder.find(folder));
        assertEquals(new StoreFinder.Found(folder.resolve("backup/ray"), true), StoreFinder.find(folder.resolve("backup/ray")));
    }

    @Test
    void sessionOfEitherFamilyIsFound() throws IOException {
        make("new/" + SESSION + "/" + NODE + "/node_events", "new/" + SESSION + "/fetched_endpoints");
        assertEquals(new StoreFinder.Found(folder.resolve("new/" + SESSION), false), StoreFinder.find(folder.resolve("new")));
        make("old/" + SESSION + "/node_events", "old/" + SESSION + "/logs/" + NODE);
        assertEquals(new StoreFinder.Found(folder.resolve("old/" + SESSION), false), StoreFinder.find(folder.resolve("old/" + SESSION)));
        assertEquals(new StoreFinder.Found(folder.resolve("old/" + SESSION), false), StoreFinder.find(folder.resolve("old")));
    }

    @Test
    void oldDataWithoutMarkersIsAStore() throws IOException {
        make("demo_default/" + SESSION + "/node_events");
        assertEquals(new StoreFinder.Found(folder, true), StoreFinder.find(folder));
    }

    @Test
    void renamedSessionIsFound() throws IOException {
        make("crash on monday/" + NODE + "/job_events/02000000");
        assertEquals(new StoreFinder.Found(folder.resolve("crash on monday"), false), StoreFinder.find(folder));
    }

    @Test
    void folderWithoutHistorySaysWhatWasLookedFor() throws IOException {
        make("a/b/c");
        HistoryException missing = assertThrows(HistoryException.class, () -> StoreFinder.find(folder));
        assertEquals(HistoryException.Kind.MISSING, missing.kind());
        assertTrue(missing.getMessage().contains("cluster-metadata"), missing.getMessage());
    }

    private void make(String... folders) throws IOException {
        for (String name : folders) {
            Files.createDirectories(folder.resolve(name));
        }
    }
}
