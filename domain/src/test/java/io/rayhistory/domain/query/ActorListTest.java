package io.rayhistory.domain.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.event.ActorState;
import io.rayhistory.domain.history.Actor;
import io.rayhistory.domain.history.Job;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class ActorListTest {
    private static final List<Actor> ACTORS = List.of(
            Rows.actor("0a".repeat(12) + "02000000", "Counter", ActorState.DEAD, 1),
            Rows.actor("0b".repeat(12) + "02000000", "Keeper", ActorState.ALIVE, 2),
            Rows.actor("0c".repeat(12) + "02000000", "Counter", ActorState.DEAD, 3));

    private static Optional<Job> jobs(String id) {
        return switch (id) {
            case "raysubmit_1" -> Optional.of(Rows.job("02000000", "raysubmit_1", "SUCCEEDED"));
            case "raysubmit_none" -> Optional.of(Rows.job("", "raysubmit_none", "FAILED"));
            default -> Optional.empty();
        };
    }

    private static Page<Actor> page(int limit, String... filters) {
        return ActorList.page(ACTORS, Rows.where(filters), limit, Rows.RECORD_END, ActorListTest::jobs);
    }

    private static String refusal(String... filters) {
        HistoryException e = assertThrows(HistoryException.class, () -> page(100, filters));
        assertEquals(HistoryException.Kind.INVALID, e.kind());
        return e.getMessage();
    }

    @Test
    void filtersOfTheSourceLeaveTheTotalsAlone() {
        assertEquals("3/3/2/2", Rows.totals(page(100, "state", "=", "dead")));
        assertEquals("3/3/2/1", Rows.totals(page(1, "state", "=", "DEAD")));
        assertEquals("3/3/3/0", Rows.totals(page(0)));
    }

    @Test
    void submissionIdStandsForTheJobOfItsDriver() {
        assertEquals("3/3/3/3", Rows.totals(page(100, "job_id", "=", "raysubmit_1")));
        assertEquals("3/3/0/0", Rows.totals(page(100, "job_id", "=", "raysubmit_none")));
        assertEquals("3/3/3/3", Rows.totals(page(100, "job_id", "!=", "raysubmit_none")));
        assertEquals("3/3/3/3", Rows.totals(page(100, "job_id", "=", "02000000")));
    }

    @Test
    void idsMustBeHexOfTheirLength() {
        assertEquals("Non-hexadecimal digit found", refusal("job_id", "=", "raysubmit_2"));
        assertEquals("Odd-length string", refusal("actor_id", "=", "abc"));
        assertTrue(refusal("actor_id", "=", "abcd").contains("'abcd'"));
        assertEquals("3/3/0/0", Rows.totals(page(100, "actor_id", "=", "0F".repeat(16))));
    }

    @Test
    void unknownStateIsRefusedInRaysWords() {
        assertEquals("Invalid actor state for filtering: SLEEPY", refusal("state", "=", "sleepy"));
        assertEquals("3/3/3/3", Rows.totals(page(100, "state", "!=", "sleepy")));
    }

    @Test
    void actorsStillOpenAreToldInAWarning() {
        assertEquals(List.of("1 actor had not ended when the record of this session ends (2026-11-22T20:23:20Z); "
                + "its last recorded state is shown."), page(100).warnings());
        assertEquals(List.of(), page(100, "state", "=", "DEAD").warnings());
    }

    @Test
    void moreThanTheSourceLimitIsCutToTheNewest() {
        List<Actor> many = new ArrayList<>();
        for (int i = 0; i < SessionQueries.SOURCE_LIMIT + 5; i++) {
            many.add(Rows.actor(String.format("%032x", i), "C", ActorState.DEAD, 100_000 - i));
        }
        Page<Actor> page = ActorList.page(many, List.of(), 10_000, Rows.RECORD_END, id -> Optional.empty());
        assertEquals("10005/10000/10000/10000", Rows.totals(page));
        assertEquals(many.get(9_999).actorId(), page.rows().get(9_999).actorId());
        assertEquals(List.of("Only the newest 10000 of 10005 actors are considered."), page.warnings());
    }

    @Test
    void summaryCountsStatesByClassInOrderOfAppearance() {
        ActorSummary summary = ActorList.summary(ACTORS, List.of(), Rows.RECORD_END, ActorListTest::jobs);
        assertEquals(Map.of("Counter", Map.of(ActorState.DEAD, 2), "Keeper", Map.of(ActorState.ALIVE, 1)),
                summary.byClass());
        assertEquals(List.of("Counter", "Keeper"), List.copyOf(summary.byClass().keySet()));
        assertEquals("3/3/3/3", Rows.totals(summary.page()));
    }
}
