package io.rayhistory.domain.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.history.Job;
import io.rayhistory.domain.history.LogEvent;
import io.rayhistory.domain.history.Node;
import io.rayhistory.domain.history.PlacementGroup;
import io.rayhistory.domain.history.Provenance;
import io.rayhistory.domain.history.Worker;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.function.Function;

/** The lists of nodes, workers, jobs, placement groups, cluster events and of what is not recorded. */
class EntityListsTest {
    private static final String HEAD = "0b".repeat(28);
    private static final String OTHER = "0a".repeat(28);
    private static final List<Node> NODES =
            List.of(Rows.node(HEAD, "head", true, "ALIVE"), Rows.node(OTHER, "10.0.0.2", false, "DEAD"));

    private static Page<Node> nodes(String... filters) {
        return NodeList.page(NODES, Rows.where(filters), 100, Rows.RECORD_END);
    }

    private static Page<Worker> workers(String... filters) {
        return WorkerList.page(List.of(Rows.worker("a", false), Rows.worker("b", true), Rows.worker("c", true)),
                Rows.where(filters), 100, Rows.RECORD_END);
    }

    private static void refused(String message, Function<List<Filter>, ?> list, String column, String value) {
        HistoryException e = assertThrows(HistoryException.class, () -> list.apply(Rows.where(column, "=", value)));
        assertEquals(HistoryException.Kind.INVALID, e.kind());
        assertEquals(message, e.getMessage());
    }

    @Test
    void nodesComeByIdAndSourceFiltersLowerOnlyWhatIsDelivered() {
        assertEquals(List.of(OTHER, HEAD), nodes().rows().stream().map(Node::nodeId).toList());
        assertEquals("2/1/1/1", Rows.totals(nodes("state", "=", "dead")));
        assertEquals("2/1/1/1", Rows.totals(nodes("node_id", "=", HEAD)));
        assertEquals("2/1/1/1", Rows.totals(nodes("node_name", "=", "HEAD")));
        assertEquals("2/2/1/1", Rows.totals(nodes("state", "!=", "DEAD")));
        assertEquals("2/2/1/1", Rows.totals(nodes("is_head_node", "=", "True")));
    }

    @Test
    void twoNodesAskedForAreDeliveredButNoRowIsBoth() {
        assertEquals("2/2/0/0", Rows.totals(nodes("node_id", "=", HEAD, "node_id", "=", OTHER)));
        assertEquals("2/1/0/0", Rows.totals(nodes("node_id", "=", HEAD, "node_id", "=", OTHER, "state", "=", "DEAD")));
    }

    @Test
    void badNodeFiltersAreRefusedInRaysWords() {
        Function<List<Filter>, ?> list = filters -> NodeList.page(NODES, filters, 100, Rows.RECORD_END);
        refused("Non-hexadecimal digit found", list, "node_id", "head-node-x");
        refused("Invalid node state for filtering: ASLEEP", list, "state", "asleep");
    }

    @Test
    void nodeWithAForeignNameForAnIdCanBeAskedFor() {
        List<Node> nodes = List.of(Rows.node("head-node-x", "h", true, "ALIVE"));
        assertEquals("1/1/1/1", Rows.totals(NodeList.page(nodes, Rows.where("node_id", "=", "head-node-x"), 100, 1)));
    }

    @Test
    void onlyOneSpellingOfAliveIsFilteredAtTheSource() {
        assertEquals("3/2/2/2", Rows.totals(workers("is_alive", "=", "True")));
        assertEquals("3/3/2/2", Rows.totals(workers("is_alive", "=", "1")));
        assertEquals("3/3/1/1", Rows.totals(workers("is_alive", "=", "False")));
        assertEquals("3/3/2/2", Rows.totals(workers("exit_type", "!=", "user_error")));
        assertEquals("3/3/0/0", Rows.totals(workers("debugger_port", "=", "1")));
    }

    @Test
    void workersOfAnOldRayAreToldToBeGuesses() {
        Worker guess = new Worker("a", "", "WORKER", true, "", "", "n", "10.0.0.1", 7, 0, 0, 0, 0, Provenance.INFERRED);
        assertEquals(1, WorkerList.page(List.of(guess), List.of(), 100, Rows.RECORD_END).warnings().size());
        Worker driver = new Worker("a", "", "DRIVER", false, "", "", "n", "10.0.0.1", 7, 0, 0, 1, 2, Provenance.INFERRED);
        assertEquals(List.of(), WorkerList.page(List.of(driver), List.of(), 100, Rows.RECORD_END).warnings());
    }

    @Test
    void jobsWithoutDriverComeFirst() {
        List<Job> jobs = List.of(Rows.job("04000000", "sub_b", "SUCCEEDED"), Rows.job("", "sub_a", "FAILED"),
                Rows.job("02000000", "", "RUNNING"));
        Page<Job> page = JobList.page(jobs, List.of(), 100, Rows.RECORD_END);
        assertEquals(List.of("", "02000000", "04000000"), page.rows().stream().map(Job::jobId).toList());
        assertEquals(1, page.warnings().size());
        assertEquals("3/3/2/2", Rows.totals(JobList.page(jobs, Rows.where("type", "=", "submission"), 100, 1)));
        assertEquals("3/3/1/1", Rows.totals(JobList.page(jobs, Rows.where("submission_id", "=", "sub_a"), 100, 1)));
        refused("The given filter column entrypoint is not supported. Enter filters with \u2013-filter key=value or "
                + "\u2013-filter key!=value Supported filter columns: {'type', 'job_id', 'submission_id', 'status'}",
                filters -> JobList.page(jobs, filters, 100, 1), "entrypoint", "x");
    }

    @Test
    void placementGroupsAreFilteredByTheirFlags() {
        List<PlacementGroup> groups = List.of(new PlacementGroup("p", "pg", "02000000", "REMOVED", List.of(), true,
                new PlacementGroup.Stats(0, 0, 0, 0, 0, "", 0)));
        assertEquals("1/1/1/1",
                Rows.totals(PlacementGroupList.page(groups, Rows.where("is_detached", "=", "true"), 100, 1)));
        assertEquals("1/1/0/0",
                Rows.totals(PlacementGroupList.page(groups, Rows.where("state", "!=", "removed"), 100, 1)));
    }

    @Test
    void clusterEventsAreFilteredBySourceAndSeverity() {
        List<LogEvent> events = List.of(new LogEvent("e1", 1, "INFO", "GCS", "", "m", "", "", "h", "1", "{}"),
                new LogEvent("e2", 2, "ERROR", "JOBS", "", "m", "", "", "h", "1", "{}"));
        assertEquals("2/2/1/1", Rows.totals(ClusterEventList.page(events, Rows.where("severity", "=", "error"), 100)));
        assertEquals("2/2/2/1", Rows.totals(ClusterEventList.page(events, List.of(), 1)));
    }

    @Test
    void whatIsNotRecordedIsAnEmptyPageWithAReason() {
        assertEquals("0/0/0/0", Rows.totals(UnrecordedLists.objects(Rows.where("object_size", "=", "5"))));
        assertEquals(1, UnrecordedLists.objects(List.of()).warnings().size());
        assertEquals(1, UnrecordedLists.runtimeEnvs(Rows.where("success", "=", "True")).warnings().size());
        refused("Invalid filter `--filter pid x` for a int type column. "
                + "Please provide an integer filter `--filter pid [int]`", UnrecordedLists::objects, "pid", "x");
    }
}
