package io.rayhistory.adapters.filesystem;

import io.rayhistory.application.port.EventSpool;
import io.rayhistory.application.port.EventSpool.Category;
import io.rayhistory.application.port.SpoolSettings;
import io.rayhistory.application.port.SpoolSettings.Overflow;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.HistoryException.Kind;
import io.rayhistory.domain.id.ClusterRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import static io.rayhistory.application.port.EventSpoolContract.post;
import static io.rayhistory.application.port.EventSpoolContract.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** What a spool does on a disk that is full before the spool's limit is reached. */
final class FullDiskTest {
    private static final Category NODE = new Category("session_1", "");
    private static final Category JOB = new Category("session_1", "01000000");

    @TempDir
    Path data;
    private final FailingDisk disk = new FailingDisk();
    private EventSpool spool;

    @AfterEach
    void close() {
        spool.close();
    }

    private void given(Overflow overflow, long capacity) {
        spool = new FileEventSpool(data, ClusterRef.plain("ns", "c"), SpoolSettings.DEFAULTS.withLimit(1 << 30, overflow),
                () -> Instant.parse("2026-11-22T20:21:16.5Z"), disk);
        spool.nodeIs("", "n1");
        disk.capacity = capacity;
    }

    private List<String> kept() {
        return spool.files().stream().map(file -> text(spool, file)).toList();
    }

    @Test
    void batchesAreRefusedUntilThereIsRoom() {
        given(Overflow.REJECT, 12);
        post(spool, NODE, "first");
        post(spool, JOB, "2nd");
        HistoryException full = assertThrows(HistoryException.class, () -> post(spool, NODE, "third"));
        assertEquals(Kind.UNAVAILABLE, full.kind());
        assertEquals(List.of("first\n", "2nd\n"), kept());
        assertEquals(1, spool.usage().rolledBack());
        disk.capacity = 100;
        post(spool, NODE, "third");
        assertEquals(List.of("first\nthird\n", "2nd\n"), kept());
    }

    @Test
    void whatIsSentMakesRoomFirst() {
        for (Overflow overflow : Overflow.values()) {
            given(overflow, 12);
            post(spool, NODE, "sent!");
            spool.confirm(spool.files().get(0), 6);
            post(spool, JOB, "2nd");
            post(spool, NODE, "third");
            assertEquals(List.of("2nd\n", "third\n"), kept());
            assertEquals(0, spool.usage().droppedBytes());
            spool.files().forEach(file -> spool.confirm(file, file.committed()));
            spool.seal("");
            spool.close();
        }
    }

    @Test
    void theOldestIsGivenUpIfToldSo() {
        given(Overflow.DROP_OLDEST, 12);
        post(spool, NODE, "first");
        post(spool, JOB, "2nd");
        post(spool, NODE, "third");
        assertEquals(List.of("2nd\n", "third\n"), kept());
        assertEquals(6, spool.usage().droppedBytes());
    }

    @Test
    void aBrokenDiskIsNoReasonToGiveUpAnything() {
        given(Overflow.DROP_OLDEST, Long.MAX_VALUE);
        post(spool, NODE, "first");
        disk.failAt = 8;
        assertThrows(HistoryException.class, () -> post(spool, NODE, "second"));
        assertEquals(List.of("first\n"), kept());
        assertEquals(0, spool.usage().droppedBytes());
    }
}
