package io.rayhistory.application.read;

import io.rayhistory.application.port.ObjectInfo;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class EndedSessionTest {
    private static final Instant NOW = Instant.parse("2026-12-01T12:00:00Z");
    private static final Duration QUIET = Duration.ofMinutes(10);

    private static ObjectInfo object(String name, long secondsAgo) {
        return new ObjectInfo(name, 10, "tag", NOW.minusSeconds(secondsAgo));
    }

    private static SessionContents contents(ObjectInfo event, ObjectInfo log, ObjectInfo endpoint, String key) {
        return new SessionContents(List.of(event), new TreeMap<>(Map.of("node", new TreeMap<>(Map.of("raylet.out", log)))),
                new TreeMap<>(Map.of(key, endpoint)));
    }

    private static boolean ended(long event, long log, long endpoint, String key) {
        return EndedSession.isEnded(contents(object("e", event), object("l", log), object("x", endpoint), key), NOW, QUIET);
    }

    @Test
    void endsWhenNothingHasChangedForAWhile() {
        assertTrue(ended(600, 601, 602, "restful__timezone"));
        assertFalse(ended(599, 601, 602, "restful__timezone"));
        assertFalse(ended(601, 10, 602, "restful__timezone"));
        assertFalse(ended(601, 602, 10, "restful__timezone"));
    }

    @Test
    void theCollectorsWordMakesItSooner() {
        assertTrue(ended(60, 61, 62, "history__session_end"));
        assertFalse(ended(60, 59, 62, "history__session_end"));
    }

    @Test
    void everyChangeOfAListingHasAnotherFingerprint() {
        String was = print("e", 10, "tag", "l");
        assertEquals(was, print("e", 10, "tag", "l"));
        for (String other : List.of(print("f", 10, "tag", "l"), print("e", 11, "tag", "l"), print("e", 10, "gat", "l"),
                print("e", 10, "tag", "m"), print("el", 10, "tag", ""))) {
            assertNotEquals(was, other);
        }
        assertEquals(32, was.length());
    }

    private static String print(String event, long length, String etag, String log) {
        return ListingFingerprint.of(contents(new ObjectInfo(event, length, etag, NOW), object(log, 0), object("x", 0), "k"));
    }
}
