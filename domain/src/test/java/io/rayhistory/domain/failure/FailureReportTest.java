package io.rayhistory.domain.failure;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class FailureReportTest {
    private static final String UNEXPECTED = "UNEXPECTED_TERMINATION";

    private static List<String> verdict(FailureReport report, String... gaps) {
        return Verdict.of(report, List.of(gaps)).sentences().stream().map(Verdict.Sentence::text).toList();
    }

    @Test
    void messagesThatDifferInNumbersAreOneGroupWithTheNormalText() {
        assertEquals(List.of("FAILED ValueError: boom <n> x2", "FAILED ValueError: bang x1"), new Failing()
                .raised(1, 0, "ValueError: boom 1", "work", 10).raised(2, 0, "ValueError: boom 2", "work", 20)
                .raised(3, 0, "ValueError: bang", "work", 30).titles());
    }

    @Test
    void oneMessageKeepsItsOwnWordsAndLinesMayMove() {
        FailureReport report = new Failing().raised(1, 0, "ValueError: boom 1", "work", 10)
                .raised(2, 0, "ValueError: boom 1", "work", 20).report();
        assertEquals("ValueError: boom 1", report.groups().get(0).title());
        assertEquals(2, report.groups().get(0).count());
        assertNotEquals(report.groups().get(0).key(), new Failing().raised(1, 0, "ValueError: boom 1", "other", 10).report()
                .groups().get(0).key());
    }

    @Test
    void aDeadNodeIsOneCauseForAllThatRanOnIt() {
        Failing session = new Failing().node(1, 1).node(2, 1);
        for (int task = 1; task <= 40; task++) {
            session.failed(task, 0, 2, task, "NODE_DIED", "", 100 + task);
        }
        session.nodeDied(2, UNEXPECTED, 90).actorDied(2, "actor_died_error_context", Map.of("reason", "NODE_DIED"), 95);
        FailureReport report = session.report();
        assertEquals(1, report.groups().size());
        FailureGroup node = report.groups().get(0);
        assertEquals(FailureGroup.Kind.NODE, node.kind());
        assertEquals(40, node.victims().attempts());
        assertEquals(List.of(Failing.ACTOR), node.actors());
        assertEquals(Failing.nodeId(2), node.subject().nodeId());
        assertEquals(Outcome.FAILED, report.outcome());
        assertEquals(List.of("Node 10.0.0.2 died at 00:00:00 UTC (no heartbeats) and took 40 attempts and 1 actor with it."),
                verdict(report));
        assertEquals(40, report.strip().failed().stream().mapToInt(n -> n).sum());
    }

    @Test
    void aNodeThatWasStoppedOnPurposeIsNoCause() {
        FailureReport report = new Failing().node(1, 1).nodeDied(1, "EXPECTED_TERMINATION", 50).finished(1, 0, 10).report();
        assertEquals(List.of(), report.groups());
        assertEquals(Outcome.SUCCEEDED, report.outcome());
        assertEquals(List.of("Everything that was recorded succeeded."), verdict(report));
        assertEquals(List.of("No failure recorded, but the record has gaps (one)."), verdict(report, "one"));
    }

    @Test
    void workersKilledForMemoryAreOneCauseOfTheirNode() {
        FailureReport report = new Failing().node(1, 1).worker(3, 1, "NODE_OUT_OF_MEMORY", 50).worker(4, 1, "NODE_OUT_OF_MEMORY", 60)
                .failed(1, 0, 1, 3, "OUT_OF_MEMORY", "Task was killed", 51).failed(2, 0, 1, 4, "WORKER_DIED", "", 61).report();
        assertEquals(1, report.groups().size());
        assertEquals("Node 10.0.0.1 ran out of memory", report.groups().get(0).title());
        assertEquals(2, report.groups().get(0).victims().attempts());
    }

    @Test
    void whatARetryMadeGoodStandsLastAndIsNoHarm() {
        Failing session = new Failing().raised(1, 0, "ValueError: flaky", "work", 10).finished(1, 1, 20);
        assertEquals(List.of("RECOVERED ValueError: flaky x1"), session.titles());
        assertEquals(Outcome.RECOVERED, session.report().outcome());
        assertEquals(0, session.report().causes());
        assertEquals(List.of("1 attempt failed, and every task of them finished in the end."), verdict(session.report()));
        session.raised(2, 0, "KeyError: 'x'", "work", 90);
        assertEquals(List.of("FAILED KeyError: 'x' x1", "RECOVERED ValueError: flaky x1"), session.titles());
    }

    @Test
    void attemptsThatEndedWithTheirDriverAreNoFailures() {
        FailureReport report = new Failing().failed(1, 0, 1, 1, "WORKER_DIED",
                "Job finishes (02000000) as driver exits. Marking all non-terminal tasks as failed.", 10).report();
        assertEquals(List.of(), report.groups());
        assertEquals("", report.keyOf(0));
    }

    @Test
    void withoutAnExceptionPlainWordsTellAndTransportWordsDoNot() {
        assertEquals(List.of("FAILED Worker process died running work x2"), new Failing().worker(1, 1, "SYSTEM_ERROR", 5)
                .failed(1, 0, 1, 1, "WORKER_DIED", "", 10).failed(2, 0, 1, 1, "WORKER_DIED", "RpcError: RPC error: Socket closed", 20).titles());
        assertEquals(List.of("FAILED work failed: some new thing x1"), new Failing().failed(1, 0, 1, 1, "SOME_NEW_THING", "?", 10).titles());
    }

    @Test
    void actorDeathsAreSortedByWhatTheyMean() {
        Map<String, Object> crashed = Map.of("reason", "WORKER_DIED", "error_message", "Worker exit type: SYSTEM_ERROR Worker exit detail: x");
        assertEquals(List.of("INCIDENT Actor Keeper died x1"), new Failing().actorDied(1, "actor_died_error_context", crashed, 10).titles());
        for (String reason : List.of("RAY_KILL", "REF_DELETED", "OUT_OF_SCOPE", "OWNER_DIED")) {
            assertEquals(List.of(), new Failing().actorDied(1, "actor_died_error_context", Map.of("reason", reason), 10).titles());
        }
        assertEquals(List.of(), new Failing().actorDied(1, "actor_died_error_context", Map.of("reason", "WORKER_DIED", "error_message",
                "Worker exit type: INTENDED_USER_EXIT Worker exit detail: exit_actor() is called."), 10).titles());
        assertEquals(List.of("INCIDENT Actor Keeper died x1"),
                new Failing().actorDied(1, "creation_task_failure_context", Map.of(), 10).titles());
    }

    @Test
    void incidentsComeFirstThenTheEarliest() {
        Failing session = new Failing().raised(1, 0, "ValueError: late", "work", 500).raised(2, 0, "KeyError: early", "work", 100)
                .node(1, 1).nodeDied(1, UNEXPECTED, 900).job("raysubmit_x", "FAILED", 3, 950);
        assertEquals(List.of("INCIDENT Job raysubmit_x failed with exit code 3 x1", "INCIDENT Node 10.0.0.1 died x1",
                "FAILED KeyError: early x1", "FAILED ValueError: late x1"), session.titles());
        assertEquals(2, session.report().strip().deaths().size());
    }

    @Test
    void atMostTwoHundredGroupsAreShownAndTheRestIsMergedByClass() {
        Failing session = new Failing();
        for (int i = 1; i <= 260; i++) {
            session.raised(i, 0, "ValueError: word" + "x".repeat(i), "work", i * 10);
        }
        FailureReport report = session.report();
        assertTrue(report.groups().size() <= Grouping.MOST);
        assertEquals(110, report.merged());
        FailureGroup rest = report.groups().stream().filter(group -> group.title().equals("More of ValueError")).findFirst().orElseThrow();
        assertEquals(110, rest.count());
        int last = rest.victims().rows().get(0);
        assertEquals(rest.key(), report.keyOf(last));
        assertEquals(260, report.groups().stream().mapToInt(FailureGroup::count).sum());
    }

    @Test
    void whatHadNotEndedIsSaidAndIsNoFailure() {
        FailureReport report = new Failing().running(1, 10).finished(2, 0, 20).report();
        assertEquals(1, report.unfinished());
        assertEquals(Outcome.OPEN, report.outcome());
        assertEquals(List.of("No failure recorded.", "1 attempt had not ended when the record stops."), verdict(report));
        assertEquals("unfinished", RecordGaps.of(report, Map.of(), Map.of()).get(0).kind());
    }

    @Test
    void lostPiecesOfTheRecordAreGaps() {
        List<RecordGaps.Gap> gaps = RecordGaps.of(new Failing().finished(1, 0, 5).report(), Map.of("malformed", 3L, "duplicate", 9L),
                Map.of("NEW_EVENT", 2L));
        assertEquals(List.of("damage", "unknown"), gaps.stream().map(RecordGaps.Gap::kind).toList());
        assertEquals("3 pieces of the record are malformed and were skipped", gaps.get(0).text());
    }

    @Test
    void anEmptySessionHasNothingToSay() {
        FailureReport report = new Failing().report();
        assertEquals(List.of(), report.groups());
        assertEquals(Outcome.SUCCEEDED, report.outcome());
    }
}
