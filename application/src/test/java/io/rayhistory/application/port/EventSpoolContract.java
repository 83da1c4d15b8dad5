package io.rayhistory.application.port;

import io.rayhistory.application.port.EventSpool.Batch;
import io.rayhistory.application.port.EventSpool.Category;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.HistoryException.Kind;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Every sentence of {@link EventSpool}, as a test. An adapter's test extends this; what only that adapter can get wrong it
 * tests beside it.
 */
public abstract class EventSpoolContract extends SendingContract {
    @Test
    void aNewSpoolIsEmpty() {
        EventSpool spool = spool(SpoolSettings.DEFAULTS);
        assertEquals(List.of(), spool.files());
        assertEquals(0, spool.unsentBytes());
        assertEquals(Optional.empty(), spool.oldestUnsent());
    }

    @Test
    void committedLinesLieInTheFileOfTheirCategory() {
        EventSpool spool = spool(SpoolSettings.DEFAULTS);
        try (Batch batch = spool.begin()) {
            append(batch, NODE, "{\"a\":1}");
            append(batch, JOB, "{\"b\":2}");
            append(batch, NODE, "{\"a\":\"é\"}");
            batch.commit();
        }
        post(spool, JOB, "{\"b\":3}");
        assertEquals(2, spool.files().size());
        SpoolFile node = spool.files().get(0);
        SpoolFile job = spool.files().get(1);
        assertEquals(NODE, node.category());
        assertEquals(JOB, job.category());
        assertEquals("c_ns", node.clusterFolder());
        assertTrue(node.active());
        assertFalse(node.gzip());
        assertEquals("{\"a\":1}\n{\"a\":\"é\"}\n", text(spool, node));
        assertEquals("{\"b\":2}\n{\"b\":3}\n", text(spool, job));
        assertEquals(node.committed() + job.committed(), spool.unsentBytes());
        assertEquals(Optional.of(now()), spool.oldestUnsent());
    }

    @Test
    void whatIsNotCommittedIsRolledBack() {
        EventSpool spool = spool(SpoolSettings.DEFAULTS);
        try (Batch batch = spool.begin()) {
            append(batch, NODE, "lost");
        }
        assertEquals(List.of(), spool.files());
        post(spool, NODE, "kept");
        try (Batch batch = spool.begin()) {
            append(batch, NODE, "lost too");
            append(batch, JOB, "lost as well");
        }
        assertEquals("kept\n", text(spool, only(spool)));
    }

    @Test
    void batchesSideBySideDoNotMix() {
        EventSpool spool = spool(SpoolSettings.DEFAULTS);
        try (Batch a = spool.begin(); Batch b = spool.begin(); Batch c = spool.begin()) {
            for (int i = 0; i < 3; i++) {
                append(a, NODE, "a" + i);
                append(b, NODE, "b" + i);
                append(c, NODE, "c" + i);
            }
            c.commit();
            a.commit();
        }
        assertEquals("c0\nc1\nc2\na0\na1\na2\n", text(spool, only(spool)));
    }

    @Test
    void aBatchEndsWithItsCommit() {
        EventSpool spool = spool(SpoolSettings.DEFAULTS);
        try (Batch batch = spool.begin()) {
            append(batch, NODE, "x");
            batch.commit();
            assertThrows(IllegalStateException.class, () -> append(batch, NODE, "y"));
            assertThrows(IllegalStateException.class, batch::commit);
        }
        assertEquals("x\n", text(spool, only(spool)));
    }

    @Test
    void anEmptyBatchLeavesNothing() {
        EventSpool spool = spool(SpoolSettings.DEFAULTS);
        try (Batch batch = spool.begin()) {
            batch.commit();
        }
        assertEquals(List.of(), spool.files());
    }

    @Test
    void eventsOfTooManyJobsLieAmongTheNodeEvents() {
        EventSpool spool = spool(SpoolSettings.DEFAULTS);
        try (Batch batch = spool.begin()) {
            for (int i = 0; i < Batch.MOST_CATEGORIES; i++) {
                append(batch, new Category("s", "j" + i), "x");
            }
            append(batch, new Category("s", "one"), "of one");
            append(batch, new Category("s", "j0"), "y");
            append(batch, new Category("s", "two"), "of two");
            batch.commit();
        }
        assertEquals(Batch.MOST_CATEGORIES + 1, spool.files().size());
        assertEquals("x\ny\n", text(spool, spool.files().get(0)));
        SpoolFile last = spool.files().get(Batch.MOST_CATEGORIES);
        assertEquals(new Category("s", ""), last.category());
        assertEquals("of one\nof two\n", text(spool, last));
    }

    @Test
    void eventsOfHundredsOfSessionsInOneBatchAreRefused() {
        EventSpool spool = spool(SpoolSettings.DEFAULTS);
        try (Batch batch = spool.begin()) {
            for (int i = 0; i < 2 * Batch.MOST_CATEGORIES; i++) {
                append(batch, new Category("s" + i, ""), "x");
            }
            fails(Kind.TOO_LARGE, () -> append(batch, NODE, "x"));
            append(batch, new Category("s0", ""), "still taken");
        }
        assertEquals(List.of(), spool.files());
    }

    @Test
    void categoriesAreSafeSegments() {
        for (String text : List.of(".", "..", "a/b", "a b", "é", "x".repeat(201))) {
            fails(Kind.INVALID, () -> new Category(text, ""));
            fails(Kind.INVALID, () -> new Category("s", text));
        }
        fails(Kind.INVALID, () -> new Category("", "01"));
    }

    @Test
    void openedDiffersFromFileToFileWhileTheClockStandsStill() {
        EventSpool spool = spool(SpoolSettings.DEFAULTS);
        Set<Instant> seen = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            post(spool, NODE, "x");
            spool.seal("");
            spool.files().forEach(file -> seen.add(file.opened()));
        }
        assertEquals(20, seen.size());
    }

    @Test
    void aFileTakesTheNodeThatIsToldForItsSession() {
        EventSpool spool = spool(SpoolSettings.DEFAULTS);
        post(spool, NODE, "early");
        post(spool, new Category("session_2", ""), "early");
        assertEquals("", spool.files().get(0).nodeId());
        spool.nodeIs("session_1", "n1");
        assertEquals("n1", spool.files().get(0).nodeId());
        assertEquals("", spool.files().get(1).nodeId());
        spool.nodeIs("", "n0");
        assertEquals("n1", spool.files().get(0).nodeId());
        assertEquals("n0", spool.files().get(1).nodeId());
        post(spool, NODE, "later");
        assertEquals("early\nlater\n", text(spool, spool.files().get(0)));
        fails(Kind.INVALID, () -> spool.nodeIs("", "a/b"));
    }

    @Test
    void anotherNodeSealsTheFilesOfTheFormer() {
        EventSpool spool = spool(SpoolSettings.DEFAULTS);
        spool.nodeIs("", "n1");
        post(spool, NODE, "of the first");
        spool.nodeIs("", "n1");
        assertTrue(only(spool).active());
        spool.nodeIs("session_1", "n2");
        assertFalse(only(spool).active());
        post(spool, NODE, "of the second");
        assertEquals(List.of("n1", "n2"), spool.files().stream().map(SpoolFile::nodeId).toList());
    }

    @Test
    void largeFilesAreSealed() {
        EventSpool spool = spool(SpoolSettings.DEFAULTS.withRotation(10, HOUR));
        post(spool, NODE, "1234");
        assertTrue(only(spool).active());
        post(spool, NODE, "6789");
        assertFalse(only(spool).active());
        post(spool, NODE, "next");
        assertEquals(List.of(10L, 5L), spool.files().stream().map(SpoolFile::committed).toList());
    }

    @Test
    void oldFilesAreSealed() {
        EventSpool spool = spool(SpoolSettings.DEFAULTS.withRotation(1000, HOUR));
        post(spool, NODE, "old");
        pass(HOUR.minusNanos(1));
        spool.tick();
        assertTrue(only(spool).active());
        post(spool, JOB, "younger");
        pass(Duration.ofNanos(1));
        spool.tick();
        assertEquals(List.of(false, true), spool.files().stream().map(SpoolFile::active).toList());
    }

    @Test
    void sealingIsBySession() {
        EventSpool spool = spool(SpoolSettings.DEFAULTS);
        post(spool, NODE, "x");
        post(spool, JOB, "x");
        post(spool, new Category("session_2", ""), "x");
        spool.seal("session_1");
        assertEquals(List.of(false, false, true), spool.files().stream().map(SpoolFile::active).toList());
        spool.seal("");
        assertEquals(List.of(false, false, false), spool.files().stream().map(SpoolFile::active).toList());
    }
}
