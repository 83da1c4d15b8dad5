package io.rayhistory.domain.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rayhistory.domain.event.PlatformEvent;
import org.junit.jupiter.api.Test;

import java.util.Map;

class PlatformFactsTest {
    private final PlatformFacts facts = new PlatformFacts();

    private void add(String id, long ms, long count) {
        facts.add(new PlatformEvent(Told.at(ms, id), Map.of(), count));
    }

    @Test
    void risenCountReplacesTheEventWhateverTheOrder() {
        add("uid", 5, 7);
        add("uid", 5, 3);
        add("uid", 4, 9);
        assertEquals(7, facts.fold().get(0).count());
        assertEquals(1, facts.fold().size());
    }

    @Test
    void newestComesFirstAndEventsWithoutIdAreAllKept() {
        add("", 5, 1);
        add("", 6, 2);
        add("", 6, 2);
        add("uid", 9, 1);
        assertEquals(3, facts.fold().size());
        assertEquals("uid", facts.fold().get(0).envelope().eventId());
    }
}
