package io.rayhistory.application.collect;

import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

final class RecentIdsTest {

    @Test
    void holdsTheLastOnesAndNoOthers() {
        for (long seed = 1; seed <= 50; seed++) {
            Random random = new Random(seed);
            int limit = 1 + random.nextInt(300);
            int range = 1 + random.nextInt(2 * limit);
            RecentIds ids = new RecentIds(limit);
            Deque<EventHash> expected = new ArrayDeque<>();
            for (int i = 0; i < 3_000; i++) {
                EventHash id = id(random.nextInt(range));
                assertEquals(expected.contains(id), ids.contains(id), "seed " + seed);
                ids.add(id);
                if (!expected.contains(id)) {
                    expected.add(id);
                    if (expected.size() > limit) {
                        expected.remove();
                    }
                }
                assertEquals(expected.size(), ids.size(), "seed " + seed);
            }
            expected.forEach(id -> assertEquals(true, ids.contains(id), "a remembered one is gone"));
        }
    }

    /** Places that collide, so that gaps have to be closed. */
    private static EventHash id(int number) {
        return new EventHash(number % 7, number * 2L + 1);
    }

    @Test
    void addingAllKeepsTheirOrder() {
        RecentIds from = new RecentIds(4);
        for (int i = 0; i < 6; i++) {
            from.add(id(i));
        }
        RecentIds to = new RecentIds(2);
        to.addAll(from);
        assertEquals(true, to.contains(id(4)) && to.contains(id(5)));
        assertEquals(false, to.contains(id(2)) || to.contains(id(3)));
    }

    @Test
    void hashesOfAMillionIdsDiffer() {
        Set<EventHash> hashes = new HashSet<>();
        for (String session : new String[]{"session_1", "session_2"}) {
            EventHash start = EventHash.ofSession(session);
            for (int i = 0; i < 500_000; i++) {
                hashes.add(start.with(Integer.toString(i, 36)));
            }
        }
        assertEquals(1_000_000, hashes.size());
        assertNotEquals(EventHash.ofSession("a").with("bc"), EventHash.ofSession("ab").with("c"));
    }
}
