package io.rayhistory.application.port;

import io.rayhistory.domain.HistoryException.Kind;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.TreeSet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** The part of {@link ObjectStoreContract} about listings. */
public interface ListingContract extends StoreFixture {

    @Test
    default void anEmptyStoreListsNothing() {
        assertEquals(List.of(), names(""));
        assertEquals(List.of(), folder(""));
        assertEquals(List.of(), names("no/such/folder/"));
        assertEquals(List.of(), folder("no/such/folder/"));
    }

    @Test
    default void namesComeInOrderAcrossFilesAndFolders() {
        for (String name : List.of("a/b", "a-b", "a", "a.b", "a/b/c", "B", "a0", "é")) {
            put(name, "x");
        }
        assertEquals(List.of("B", "a", "a-b", "a.b", "a/b", "a/b/c", "a0", "é"), names(""));
        assertEquals(List.of("B", "a", "a-b", "a.b", "a/", "a0", "é"), folder(""));
    }

    @Test
    default void theOrderIsThatOfCodeUnits() {
        String lowSurrogates = "u/\uD83D\uDE00";
        String highPlane = "u/\uFF5E";
        put(highPlane, "x");
        put(lowSurrogates, "x");
        assertEquals(List.of(lowSurrogates, highPlane), names("u/"), "UTF-8 bytes would be the other way round");
    }

    @Test
    default void aPrefixIsText() {
        for (String name : List.of("ray/metadir/x", "ray/meta", "rays/m", "ray/node", "ra")) {
            put(name, "x");
        }
        assertEquals(List.of("ray/meta", "ray/metadir/x"), names("ray/meta"));
        assertEquals(List.of("ray/meta", "ray/metadir/x", "ray/node", "rays/m"), names("ray"));
        assertEquals(List.of("ray/metadir/x"), names("ray/metadir/"));
        assertEquals(List.of("ray/metadir/x"), names("ray/metadir/x"));
        assertEquals(List.of(), names("ray/metadir/x/"));
    }

    @Test
    default void aFolderShowsOneLevelWithFullNames() {
        for (String name : List.of("s/logs/n1/a", "s/logs/n1/b", "s/logs/n2/a", "s/logs/c", "s/logsx")) {
            put(name, "x");
        }
        assertEquals(List.of("s/logs/c", "s/logs/n1/", "s/logs/n2/"), folder("s/logs/"));
        assertEquals(List.of("s/"), folder(""));
        assertEquals(List.of(), folder("s/logs/c/"));
    }

    @Test
    default void anObjectAndAFolderMayShareAName() {
        put("x", "object");
        put("x/y", "below");
        put("x/y/z", "deeper");
        assertEquals(List.of("x", "x/y", "x/y/z"), names(""));
        assertEquals(List.of("x", "x/"), folder(""));
        assertEquals(List.of("x/y", "x/y/"), folder("x/"));
        assertEquals("object", text("x"));
        assertEquals("below", text("x/y"));
        assertEquals("deeper", text("x/y/z"));
    }

    @Test
    default void aFolderGoesWithItsLastObject() {
        put("f/g/one", "x");
        put("f/g/two", "x");
        store().delete("f/g/one");
        assertEquals(List.of("f/"), folder(""));
        store().delete("f/g/two");
        assertEquals(List.of(), folder(""));
        assertEquals(List.of(), folder("f/"));
    }

    @Test
    default void aListingTellsWhatALookUpTells() {
        put("d/one", "12345");
        put("d/empty", "");
        for (ObjectInfo listed : StoreFixture.all(store().list("d/"))) {
            assertEquals(store().find(listed.name()).orElseThrow(), listed);
        }
    }

    @Test
    default void manyObjectsAreAllListedInOrder() {
        TreeSet<String> expected = new TreeSet<>();
        long seed = 7;
        Random random = new Random(seed);
        while (expected.size() < 1_300) {
            expected.add("many/" + random.nextInt(40) + (random.nextBoolean() ? "/" : "-") + random.nextInt(1_000));
        }
        List<String> shuffled = new ArrayList<>(expected);
        Collections.shuffle(shuffled, random);
        shuffled.forEach(name -> put(name, ""));
        assertEquals(List.copyOf(expected), names("many/"), "seed " + seed);
        TreeSet<String> children = new TreeSet<>();
        expected.forEach(name -> children.add(name.replaceFirst("^(many/[^/]*/).*", "$1")));
        assertEquals(List.copyOf(children), folder("many/"), "seed " + seed);
    }

    @Test
    default void anExhaustedListingSaysSo() {
        put("one", "x");
        Iterator<ObjectInfo> listing = store().list("");
        listing.next();
        assertFalse(listing.hasNext());
        assertThrows(NoSuchElementException.class, listing::next);
    }

    @Test
    default void impossiblePrefixesAreRefusedAtOnce() {
        for (String prefix : List.of("../", "a/../b", "a//b", "./a/", "a/./", "//")) {
            fails(Kind.INVALID, () -> store().list(prefix));
            fails(Kind.INVALID, () -> store().listFolder(prefix.endsWith("/") ? prefix : prefix + "/"));
        }
        fails(Kind.INVALID, () -> store().listFolder("no-slash"));
    }

    @Test
    default void aLeadingSlashFindsNothingOfOurs() {
        put("ray/x", "x");
        assertEquals(List.of(), names("/"));
        assertEquals(List.of(), names("/ray/"));
        assertEquals(List.of(), folder("/ray/"));
    }
}
