package io.rayhistory.domain.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.List;

class LogEventFactsTest {
    private final LogEventFacts facts = new LogEventFacts();

    private static LogEvent event(String id, long seconds, String source, String message) {
        return new LogEvent(id, seconds, "INFO", source, "", message, "", "", "vm", "1", "{}");
    }

    private List<String> messages() {
        return facts.fold().stream().map(LogEvent::message).toList();
    }

    @Test
    void eventsAreSortedByTimeAndLinesOfOneFileKeepTheirOrder() {
        facts.add(event("z", 7, "JOBS", "first"));
        facts.add(event("a", 7, "JOBS", "second"));
        facts.add(event("m", 7, "GCS", "of the same second"));
        facts.add(event("b", 3, "RAYLET", "oldest"));
        assertEquals(List.of("oldest", "of the same second", "first", "second"), messages());
    }

    @Test
    void repeatedEventIsListedOnce() {
        facts.add(event("a", 1, "GCS", "one"));
        facts.add(event("a", 1, "GCS", "one, again"));
        assertEquals(List.of("one, again"), messages());
    }

    @Test
    void onlyTheNewestOfAJobAreKept() {
        for (int i = 0; i < 2 * LogEventFacts.MAX_PER_JOB; i++) {
            facts.add(event("e" + i, 2 * LogEventFacts.MAX_PER_JOB - i, "GCS", "m" + i));
        }
        List<LogEvent> kept = facts.fold();
        assertEquals(LogEventFacts.MAX_PER_JOB, kept.size());
        assertEquals(LogEventFacts.MAX_PER_JOB + 1, kept.get(0).timeSeconds());
    }
}
