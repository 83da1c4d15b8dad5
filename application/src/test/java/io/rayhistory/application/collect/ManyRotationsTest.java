package io.rayhistory.application.collect;

import io.rayhistory.application.port.ForwardingObjectStore;
import io.rayhistory.application.port.InMemoryObjectStore;
import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.domain.HistoryException;
import org.junit.jupiter.api.Test;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** One log that rotates for days, or faster than it is looked at. What a rotation costs must not grow with those before it. */
final class ManyRotationsTest {
    private static final int ROTATIONS = 1_200;
    private static final int BACKUPS = 3;
    /** So much is sent at once. */
    private static final String LARGE = "x".repeat(300 << 10);

    private final InMemoryRayFolder files = new InMemoryRayFolder();
    private final InMemoryObjectStore memory = new InMemoryObjectStore();
    private final Counted store = new Counted(memory);
    private final LogRig rig = new LogRig(files, new InMemoryJournals(), store, LogSettings.usual());
    private int rotations;

    /** Counts the questions for an object, and may be away. */
    private static final class Counted extends ForwardingObjectStore {
        private int questions;
        private boolean away;

        Counted(InMemoryObjectStore store) {
            super(store);
        }

        @Override
        public Optional<ObjectInfo> find(String name) {
            questions++;
            return super.find(name);
        }

        @Override
        public Optional<ObjectInfo> extend(String name, String etag, long offset, InputStream content) {
            if (away) {
                throw HistoryException.unavailable("a test's outage", null);
            }
            return super.extend(name, etag, offset, content);
        }
    }

    private void rotate() {
        String path = "raylet.out";
        append("file " + rotations++ + "\n");
        rig.settle();
        for (int number = Math.min(BACKUPS, rotations) - 1; number >= 0; number--) {
            files.rename(number == 0 ? path : path + "." + number, path + "." + (number + 1));
        }
    }

    @Test
    void theStoreIsAskedNoMoreThanAtFirst() {
        while (rotations < ROTATIONS) {
            rotate();
        }
        store.questions = 0;
        rotate();
        rotate();
        assertTrue(store.questions <= 8, store.questions + " questions for two rotations after " + ROTATIONS);
        rig.restart();
        store.questions = 0;
        rotate();
        rotate();
        assertTrue(store.questions <= 16, store.questions + " questions for two rotations of a new process");
        assertEquals("file 700\n", text("raylet.out.701"));
    }

    @Test
    void aYoungFileWaitsForAnOlderOneThatCannotBeOpenedYet() {
        twoRotationsAtOnce();
        files.lock("raylet.out.1");
        rig.scan();
        rig.scan();
        assertEquals("first\n", text("raylet.out"));
        files.lock("");
        rig.settle();
        assertEquals("first\n", text("raylet.out.1"));
        assertEquals("second\n", text("raylet.out.2"));
        assertEquals(LARGE, text("raylet.out"));
    }

    @Test
    void aFileThatCanNeverBeOpenedHoldsUpNothing() {
        twoRotationsAtOnce();
        files.lock("raylet.out.1");
        rig.settle();
        assertEquals(LARGE, text("raylet.out"));
    }

    /** A folder is not read in one moment. */
    @Test
    void aFileThatAListingMissesKeepsItsPlace() {
        append("first\n");
        rig.settle();
        rotateTo(3, "second\n", "third\n", "fourth\n");
        files.hide("raylet.out.2", 1);
        rig.settle();
        assertEquals("first\n second\n third\n fourth\n", all());
    }

    @Test
    void afterAnOutageFilesGoInTheOrderOfTheirAgeWhateverAListingMisses() {
        append("first\n");
        rig.settle();
        store.away = true;
        rotateTo(3, "second\n", "third\n", "fourth\n");
        rig.settle();
        store.away = false;
        files.hide("raylet.out.1", 30);
        rig.settle();
        rig.settle();
        files.hide("", 0);
        rig.settle();
        assertEquals("first\n second\n third\n fourth\n", all());
    }

    private String all() {
        return String.join(" ", text("raylet.out.1"), text("raylet.out.2"), text("raylet.out.3"), text("raylet.out"));
    }

    /** The file that is there ends at a number, the others follow it. */
    private void rotateTo(int number, String... texts) {
        for (int text = 0; text < texts.length; text++) {
            files.rename("raylet.out", "raylet.out." + (number - text));
            append(texts[text]);
        }
    }

    private void twoRotationsAtOnce() {
        append("first\n");
        rig.settle();
        rotateTo(2, "second\n", LARGE);
    }

    private void append(String text) {
        files.append("raylet.out", text.getBytes(StandardCharsets.UTF_8));
    }

    private String text(String path) {
        return memory.read(rig.name(path), 0, Long.MAX_VALUE, "", (in, info) ->
                new String(in.readAllBytes(), StandardCharsets.UTF_8)).orElseThrow();
    }
}
