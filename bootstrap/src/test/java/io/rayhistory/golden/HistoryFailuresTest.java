package io.rayhistory.golden;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Why the recorded cluster failed, as its page is told. */
class HistoryFailuresTest {
    @TempDir
    static Path folder;
    private static RecordedApi api;

    @BeforeAll
    static void serve() throws Exception {
        api = new RecordedApi(folder);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static JsonNode group(String title) throws Exception {
        for (JsonNode group : api.get("/failures").get("groups")) {
            if (group.get("title").asText().equals(title)) {
                return group;
            }
        }
        throw new AssertionError("no group " + title);
    }

    @Test
    void twentyFailedAttemptsAreNineCausesInOrder() throws Exception {
        JsonNode answer = api.get("/failures");
        List<String> titles = new ArrayList<>();
        answer.get("groups").forEach(group -> titles.add(group.get("section").asText() + " " + group.get("title").asText() + " x"
                + group.get("count").asInt()));
        assertEquals(List.of("incident Job raysubmit_fail failed with exit code 3 x1", "incident Node 127.0.0.2 died x10",
                "failed ValueError: boom 1 x1", "failed Worker process died running dies x2", "failed KeyError: 'bad' x1",
                "failed Actor could not be reached during Counter.die x1", "failed RuntimeError: broken ctor x2",
                "failed Actor could not be reached during Keeper.hang x1", "recovered RuntimeError: flaky <n> x2"), titles);
        assertEquals("failed", answer.get("outcome").asText());
        assertEquals(8, answer.get("causes").asInt());
        assertEquals(23, answer.get("unfinished").get("attempts").asInt());
        assertEquals("Node 127.0.0.2 died at 20:23:16 UTC (health check failed due to missing too many heartbeats) and took 10 attempts"
                + " and 2 actors with it.", answer.get("verdict").get(0).get("text").asText());
        assertEquals("Job raysubmit_fail failed with exit code 3 at 20:22:18 UTC.", answer.get("verdict").get(1).get("text").asText());
        int failed = 0;
        for (JsonNode number : answer.get("strip").get("failed")) {
            failed += number.asInt();
        }
        assertEquals(20, failed);
    }

    @Test
    void theConstructorsCallersShareItsGroupItsActorAndItsOwnFrame() throws Exception {
        JsonNode group = group("RuntimeError: broken ctor");
        assertEquals(2, group.get("functionCount").asInt());
        assertEquals("5e5aaab59932da83e04a99ba02000000", group.get("actors").get(0).asText());
        JsonNode selected = api.get("/failures/" + group.get("key").asText() + "/attempts").get("selected");
        List<String> own = new ArrayList<>();
        String root = "";
        for (JsonNode part : selected.get("traceback").get("parts")) {
            if (part.path("own").asBoolean()) {
                own.add(part.get("shortFile").asText() + ":" + part.get("line").asInt());
            }
            root = part.path("root").asBoolean() ? part.get("exceptionClass").asText() : root;
        }
        assertTrue(own.contains("work1.py:32"), own.toString());
        assertEquals("RuntimeError", root);
    }

    @Test
    void anAttemptShowsHowItsTaskWentOnAndWhatItWrote() throws Exception {
        JsonNode group = group("RuntimeError: flaky <n>");
        String attempts = "/failures/" + group.get("key").asText() + "/attempts";
        JsonNode first = api.get(attempts + "?limit=1");
        JsonNode row = first.get("rows").get(0);
        assertEquals(1, row.get("attempt").asInt(), "newest first");
        assertTrue(row.get("recovered").asBoolean());
        assertEquals("FINISHED", row.get("history").get(2).get("state").asText());
        JsonNode out = first.get("selected").get("logs").get(1);
        assertEquals("out", out.get("stream").asText());
        assertEquals(67, out.get("start").asInt());
        assertEquals(83, out.get("end").asInt());
        assertFalse(out.get("lines").isEmpty());
        JsonNode second = api.get(attempts + "?limit=1&cursor=" + first.get("nextCursor").asText());
        assertEquals(0, second.get("rows").get(0).get("attempt").asInt());
        assertEquals("", second.get("nextCursor").asText());
        String asked = row.get("taskId").asText() + ".0";
        assertEquals(0, api.get(attempts + "?a=" + asked).get("selected").get("attempt").asInt());
        api.json(400, RecordedApi.SESSION + attempts + "?a=nonsense");
    }

    @Test
    void whatDiedHasLastWordsWithoutStateDumps() throws Exception {
        JsonNode job = api.get("/failures/" + group("Job raysubmit_fail failed with exit code 3").get("key").asText());
        assertTrue(job.get("lastWords").get(0).get("lines").toString().contains("SystemExit(3)"));
        JsonNode node = api.get("/failures/" + group("Node 127.0.0.2 died").get("key").asText());
        assertEquals("raylet.out", node.get("lastWords").get(1).get("file").asText());
        assertFalse(node.get("lastWords").get(1).get("lines").isEmpty());
        assertFalse(node.get("lastWords").toString().contains("state-dump"));
        assertEquals("missing", api.json(404, RecordedApi.SESSION + "/failures/0000000000").get("kind").asText());
    }

    @Test
    void everyFailedRowOfTheListKnowsItsGroup() throws Exception {
        JsonNode rows = api.get("/tasks?state=FAILED&limit=1000");
        assertEquals(20, rows.get("total").asInt());
        for (JsonNode row : rows.get("rows")) {
            assertEquals(10, row.get("group").asText().length(), row.toString());
        }
        String node = group("Node 127.0.0.2 died").get("key").asText();
        assertEquals(10, api.get("/tasks?group=" + node).get("total").asInt());
    }
}
