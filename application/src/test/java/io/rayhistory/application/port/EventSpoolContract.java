package io.rayhistory.application.port;

import io.rayhistory.application.port.EventSpool.Batch;
import io.rayhistory.application.port.EventSpool.Category;
import io.rayhistory.application.port.SpoolSettings.Overflow;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.HistoryException.Kind;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
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
public abstract class EventSpoolContract {
    public static final Category NODE = new Category("session_1", "");
    public static final Category JOB = new Category("session_1", "01000000");
    private static final Duration HOUR = Duration.ofHours(1);

    private Instant now = Instant.parse("2026-11-22T20:21:16.000000001Z");

    /** A fresh, empty spool of the cluster {@code c_ns}, with a node told for no session. */
    protected abstract EventSpool spool(SpoolSettings settings);

    protected final Instant now() {
        return now;
    }

    protected final void pass(Duration time) {
        now = now.plus(time);
    }

    /** Lines, each kept or none. */
    public static void post(EventSpool spool, Category category, String... lines) {
        try (Batch batch = spool.begin()) {
            append(batch, category, lines);
            batch.commit();
        }
    }

    public static void append(Batch batch, Category category, String... lines) {
        for (String line : lines) {
            byte[] bytes = ("<" + line + ">").getBytes(StandardCharsets.UTF_8);
            batch.append(category, bytes, 1, bytes.length - 2);
        }
    }

    public static String text(EventSpool spool, SpoolFile file) {
        return spool.read(file, 0, file.committed(), StoreFixture::utf8).orElseThrow();
    }

    private static SpoolFile only(EventSpool spool) {
        assertEquals(1, spool.files().size());
        return spool.files().get(0);
    }

    private static void fails(Kind kind, Runnable action) {
        HistoryException failure = assertThrows(HistoryException.class, action::run);
        assertEquals(kind, failure.kind(), failure.getMessage());
    }

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
        assertEquals(Optional.of(now), spool.oldestUnsent());
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
    void tooManyCategoriesInOneBatchAreRefused() {
        EventSpool spool = spool(SpoolSettings.DEFAULTS);
        try (Batch batch = spool.begin()) {
            for (int i = 0; i < Batch.MOST_CATEGORIES; i++) {
                append(batch, new Category("s", "j" + i), "x");
            }
            fails(Kind.TOO_LARGE, () -> append(batch, NODE, "x"));
            append(batch, new Category("s", "j0"), "y");
            batch.commit();
        }
        assertEquals(Batch.MOST_CATEGORIES, spool.files().size());
        assertEquals("x\ny\n", text(spool, spool.files().get(0)));
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

    @Test
    void rangesOfCommittedBytesAreLent() {
        EventSpool spool = spool(SpoolSettings.DEFAULTS);
        post(spool, NODE, "0123");
        SpoolFile file = only(spool);
        assertEquals("12", spool.read(file, 1, 3, StoreFixture::utf8).orElseThrow());
        assertEquals("", spool.read(file, 5, 5, StoreFixture::utf8).orElseThrow());
        fails(Kind.INVALID, () -> spool.read(file, 0, 6, StoreFixture::utf8));
        fails(Kind.INVALID, () -> spool.read(file, 3, 2, StoreFixture::utf8));
        fails(Kind.UNAVAILABLE, () -> spool.read(file, 0, 1, range -> {
            throw new java.io.IOException("the reader's own");
        }));
    }

    @Test
    void confirmedBytesAreUnsentNoMore() {
        EventSpool spool = spool(SpoolSettings.DEFAULTS);
        post(spool, NODE, "0123");
        SpoolFile early = only(spool);
        spool.confirm(early, 5);
        assertEquals(0, spool.unsentBytes());
        assertEquals(Optional.empty(), spool.oldestUnsent());
        assertEquals(1, spool.files().size());
        pass(HOUR);
        post(spool, NODE, "56");
        assertEquals(3, spool.unsentBytes());
        assertEquals(Optional.of(now), spool.oldestUnsent());
        spool.confirm(early, 2);
        assertEquals(3, spool.unsentBytes());
    }

    @Test
    void onlyASealedFileThatIsConfirmedToItsEndGoes() {
        EventSpool spool = spool(SpoolSettings.DEFAULTS);
        post(spool, NODE, "0123");
        SpoolFile file = only(spool);
        spool.confirm(file, 4);
        spool.seal("");
        assertEquals(1, spool.unsentBytes());
        assertEquals("0123\n", text(spool, only(spool)));
        spool.confirm(file, 5);
        assertEquals(List.of(), spool.files());
        assertEquals(Optional.empty(), spool.read(file, 0, 5, StoreFixture::utf8));
        spool.confirm(file, 5);
        assertEquals(0, spool.unsentBytes());
    }

    @Test
    void aFileThatIsConfirmedGoesWhenItIsSealed() {
        EventSpool spool = spool(SpoolSettings.DEFAULTS);
        post(spool, NODE, "0123");
        spool.confirm(only(spool), 5);
        spool.seal("");
        assertEquals(List.of(), spool.files());
    }

    @Test
    void aFullSpoolRefuses() {
        EventSpool spool = spool(SpoolSettings.DEFAULTS.withLimit(10, Overflow.REJECT));
        post(spool, NODE, "012345");
        assertFalse(spool.usage().underPressure());
        fails(Kind.UNAVAILABLE, () -> post(spool, NODE, "012345"));
        post(spool, NODE, "89");
        assertTrue(spool.usage().underPressure());
        fails(Kind.UNAVAILABLE, spool::begin);
        assertEquals("012345\n89\n", text(spool, only(spool)));
        spool.confirm(only(spool), 10);
        post(spool, NODE, "a batch beyond the limit, alone");
        assertEquals(0, spool.usage().droppedBytes());
    }

    @Test
    void aFullSpoolDropsTheOldestIfToldTo() {
        EventSpool spool = spool(SpoolSettings.DEFAULTS.withLimit(12, Overflow.DROP_OLDEST));
        post(spool, NODE, "first");
        spool.seal("");
        post(spool, NODE, "2nd");
        post(spool, JOB, "3");
        SpoolFile first = spool.files().get(0);
        post(spool, JOB, "4");
        assertEquals(Optional.empty(), spool.read(first, 0, 1, StoreFixture::utf8));
        assertEquals(6, spool.usage().droppedBytes());
        assertEquals(List.of("2nd\n", "3\n4\n"), spool.files().stream().map(file -> text(spool, file)).toList());
        post(spool, NODE, "12 characters");
        assertEquals(List.of("12 characters\n"), spool.files().stream().map(file -> text(spool, file)).toList());
    }

    @Test
    void rejectedEventsAreCounted() {
        EventSpool spool = spool(SpoolSettings.DEFAULTS);
        byte[] event = "xx{\"no\":\"session\"}".getBytes(StandardCharsets.UTF_8);
        spool.reject("no session", event, 2, event.length - 2);
        assertEquals(1, spool.usage().rejected());
        assertEquals(0, spool.usage().rejectedLost());
        assertEquals(0, spool.unsentBytes());
    }

    @Test
    void aStoppedSpoolTakesNothingNew() {
        EventSpool spool = spool(SpoolSettings.DEFAULTS);
        try (Batch begun = spool.begin()) {
            append(begun, NODE, "begun before");
            spool.stop();
            fails(Kind.UNAVAILABLE, spool::begin);
            begun.commit();
        }
        assertEquals("begun before\n", text(spool, only(spool)));
    }
}
