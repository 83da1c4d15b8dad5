package io.rayhistory.application.port;

import io.rayhistory.domain.HistoryException.Kind;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Random;
import java.util.TreeSet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The part of {@link ObjectStoreContract} about names that hurt (spec: storage-layouts.md, section 8). */
public interface NamesContract extends StoreFixture {

    /** Each must come back exactly as it was given. */
    List<String> ODD = List.of(
            "restful__api__v0__placement_groups?detail=1&limit=10000", "a=b&c#d+e", "100%", "%", "%41", "%2F", "%zz", "a%2Fb",
            "with blank", " leading and trailing ", "'single' \"double\"", "<less>", "pipe|star*", "host:8265", "C:",
            "trailing.", "trailing..", "dots...in.the.middle", "...", ".hidden", "~", "~self", "x~self", "%~", "%~x", "%~~x",
            "%~%", "$HOME", "grüße", "漢字", "emoji\uD83D\uDE00", "tab\there", "line\nbreak", "del\u007fete", "nul", "CON",
            "com1.log", "prn.txt", "UPPER", "upper", "e\u0301", "é", "-", "--help", "a,b;c", "{a}", "[b]", "`c`", "^", "@",
            "s".repeat(255), "s".repeat(256), "s".repeat(900), "ü".repeat(128), "%".repeat(300), ".".repeat(300));

    @Test
    default void oddNamesComeBackAsTheyWere() {
        TreeSet<String> expected = new TreeSet<>();
        for (String odd : ODD) {
            for (String name : List.of("f/" + odd, "g/" + odd + "/below")) {
                put(name, name);
                expected.add(name);
            }
        }
        assertEquals(List.copyOf(expected), names(""));
        for (String name : expected) {
            assertEquals(name, text(name));
            assertEquals(name.substring(1), text(name, 1, 2_000));
            assertEquals(name, names(name).get(0));
            assertEquals(name, store().find(name).orElseThrow().name());
        }
        TreeSet<String> files = new TreeSet<>();
        TreeSet<String> folders = new TreeSet<>();
        ODD.forEach(odd -> files.add("f/" + odd));
        ODD.forEach(odd -> folders.add("g/" + odd + "/"));
        assertEquals(List.copyOf(files), folder("f/"));
        assertEquals(List.copyOf(folders), folder("g/"));
    }

    @Test
    default void oddNamesCanBeReplacedAndDeleted() {
        for (String odd : ODD) {
            put(odd, "old");
            put(odd, "new");
            assertEquals("new", text(odd));
            store().copy(odd, "copy/" + odd).orElseThrow();
            assertTrue(store().delete(odd), odd);
        }
        assertEquals(ODD.size(), names("").size());
        assertEquals(ODD.size(), names("copy/").size());
    }

    @Test
    default void hostileNamesAreRefused() {
        for (String name : List.of("", "..", "../x", "a/../../x", ".", "a/./b", "a//b", "a/", "//a", "nul\0byte", "/..")) {
            fails(Kind.INVALID, () -> store().find(name));
            fails(Kind.INVALID, () -> store().read(name, 0, 1, "", (stream, object) -> "read"));
            fails(Kind.INVALID, () -> put(name, "x"));
            fails(Kind.INVALID, () -> store().putIfAbsent(name, StoreFixture.stream("x")));
            fails(Kind.INVALID, () -> store().extend(name, "", 0, StoreFixture.stream("x")));
            fails(Kind.INVALID, () -> store().delete(name));
            fails(Kind.INVALID, () -> store().copy(name, "b"));
            fails(Kind.INVALID, () -> store().copy("b", name));
        }
    }

    @Test
    default void namesThatSomeStoreWouldAlterAreNotWritten() {
        for (String name : List.of("/a", "back\\slash", "bell\u0007", "cr\r", "half\uD83D", "l".repeat(1_025), "ü".repeat(513))) {
            fails(Kind.INVALID, () -> put(name, "x"));
            fails(Kind.INVALID, () -> store().putIfAbsent(name, StoreFixture.stream("x")));
            fails(Kind.INVALID, () -> store().extend(name, "", 0, StoreFixture.stream("x")));
            fails(Kind.INVALID, () -> store().copy("b", name));
            assertTrue(store().find(name).isEmpty(), name);
        }
        assertEquals(List.of(), names(""));
    }

    @Test
    default void randomNamesRoundTrip() {
        long seed = 20261122;
        Random random = new Random(seed);
        String[] pieces = {"a", "B", "%", "~", "%~", ".", "?", ":", "/x", "/", "-", " ", "é", "\uD83D\uDE00", "_", "%41", "n".repeat(130)};
        TreeSet<String> expected = new TreeSet<>();
        for (int i = 0; i < 150; i++) {
            StringBuilder name = new StringBuilder("r");
            for (int n = random.nextInt(7); n >= 0; n--) {
                name.append(pieces[random.nextInt(pieces.length)]);
            }
            String made = name.toString().replaceAll("/+", "/").replaceAll("/\\.{1,2}(?=/|$)", "/dots").replaceAll("/$", "");
            put(made, made);
            expected.add(made);
        }
        assertEquals(List.copyOf(expected), names(""), "seed " + seed);
        expected.forEach(name -> assertEquals(name, text(name), "seed " + seed));
    }
}
