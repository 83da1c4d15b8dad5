package io.rayhistory.golden;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Lists of the recorded cluster: filters, order, cursors, and the timeline's columns. */
class HistoryListsTest {
    @TempDir
    static Path folder;
    private static RecordedApi api;

    @BeforeAll
    static void serve() throws Exception {
        api = new RecordedApi(folder);
        api.get("/load");
        api.get("/nodes?wait=600");
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void sessionsTellTheirFiguresOnceTheyAreLoaded() throws Exception {
        JsonNode all = api.json(200, "/history/v1/sessions?q=demo&outcome=failed");
        JsonNode summary = all.get("rows").get(0).get("summary");
        assertEquals(470, summary.get("attempts").asInt());
        assertEquals(20, summary.get("failures").asInt());
        assertEquals(8, summary.get("causes").asInt());
        assertEquals("2.60.0", summary.get("rayVersion").asText());
        assertEquals(0, api.json(200, "/history/v1/sessions?ns=other").get("total").asInt());
        assertEquals(0, api.json(200, "/history/v1/sessions?to=2020-01-01T00:00:00Z").get("total").asInt());
        JsonNode facts = api.get("");
        assertEquals("ready", facts.get("load").get("state").asText());
        assertEquals(all.get("rows").get(0).get("path"), facts.get("session").get("path"));
        assertEquals(1, facts.get("facts").get("nodes").get("dead").asInt());
    }

    @Test
    void pagesOfAnySizeAndOrderAreTheWholeListOnce() throws Exception {
        for (String list : List.of("/tasks", "/actors", "/jobs", "/nodes", "/events")) {
            String[] sorts = switch (list) {
                case "/tasks" -> new String[] {"created", "-duration", "name", "-state", "node", "-end"};
                case "/actors" -> new String[] {"start", "-restarts", "class"};
                case "/jobs" -> new String[] {"-status", "start"};
                case "/nodes" -> new String[] {"ip", "-state"};
                default -> new String[] {"-time", "severity"};
            };
            for (long seed = 1; seed <= sorts.length; seed++) {
                Random dice = new Random(seed);
                String question = list + "?sort=" + sorts[(int) seed - 1] + "&limit=";
                Set<String> seen = new HashSet<>();
                String cursor = "";
                int rows = 0;
                int total;
                do {
                    JsonNode page = api.get(question + (1 + dice.nextInt(200)) + "&cursor=" + cursor);
                    page.get("rows").forEach(row -> seen.add(row.toString()));
                    rows += page.get("rows").size();
                    total = page.get("total").asInt();
                    cursor = page.get("nextCursor").asText();
                } while (!cursor.isEmpty());
                assertEquals(total, rows, question + " seed " + seed);
                assertEquals(total, seen.size(), question + " seed " + seed);
            }
        }
    }

    @Test
    void sortedRowsRiseAndUnknownTimesComeLast() throws Exception {
        long before = 0;
        boolean none = false;
        for (JsonNode row : api.get("/tasks?sort=start&limit=1000").get("rows")) {
            boolean known = row.get("startMs").isNumber();
            assertFalse(known && none, "a known time behind an unknown one");
            none |= !known;
            assertTrue(!known || row.get("startMs").asLong() >= before);
            before = known ? row.get("startMs").asLong() : before;
        }
        assertTrue(none);
    }

    @Test
    void filtersTakeSeveralValuesAndRowsSayHowTheyAreKnown() throws Exception {
        int open = api.get("/tasks?source=unfinished&limit=1").get("total").asInt();
        assertTrue(open >= 23);
        assertEquals(20 + 422, api.get("/tasks?state=failed,FINISHED&limit=1").get("total").asInt());
        assertEquals(2, api.get("/tasks?fn=flaky&state=FAILED").get("total").asInt());
        assertEquals(1, api.get("/tasks?fn=flaky&attempts=latest").get("total").asInt());
        JsonNode node = RecordedApi.row(api.get("/nodes"), "ip", "127.0.0.2");
        assertEquals("recorded", node.get("source").asText());
        assertFalse(node.get("expected").asBoolean());
        assertEquals("unfinished", RecordedApi.row(api.get("/nodes"), "ip", "192.0.2.2").get("source").asText());
        JsonNode killed = RecordedApi.row(api.get("/actors"), "className", "AsyncA");
        assertTrue(killed.get("death").get("expected").asBoolean());
        assertEquals(3, RecordedApi.row(api.get("/jobs"), "submissionId", "raysubmit_fail").get("exitCode").asInt());
    }

    @Test
    void timelineColumnsAreTheSameAsBytesAndAsJson() throws Exception {
        JsonNode json = api.get("/timeline?format=json");
        HttpResponse<byte[]> answer = api.bytes(RecordedApi.SESSION + "/timeline");
        ByteBuffer body = ByteBuffer.wrap(answer.body()).order(ByteOrder.LITTLE_ENDIAN);
        int header = body.getInt();
        assertEquals(0, header % 4);
        JsonNode head = api.parse(Arrays.copyOfRange(answer.body(), 4, 4 + header));
        int n = head.get("n").asInt();
        assertEquals(4 + header + 13 * n, answer.body().length);
        body.position(4 + header);
        for (int i = 0; i < n; i++) {
            assertEquals(json.get("start").get(i).asLong(), Integer.toUnsignedLong(body.getInt()));
        }
        body.position(4 + header + 8 * n);
        for (int i = 0; i < n; i++) {
            assertEquals(json.get("lane").get(i).asInt(), Short.toUnsignedInt(body.getShort()));
        }
        body.position(4 + header + 12 * n);
        int failed = 0;
        for (int i = 0; i < n; i++) {
            failed += (body.get() & 15) == 1 ? 1 : 0;
        }
        assertEquals(20, failed);
        JsonNode span = api.get("/timeline/spans?from=7").get("rows").get(0);
        JsonNode again = api.get("/timeline/spans?task=" + span.get("taskId").asText() + "&attempt=" + span.get("attempt").asInt());
        assertEquals(span, again.get("rows").get(0));
    }

    @Test
    void anAnswerThatIsKnownNeedNotBeSentAgain() throws Exception {
        for (String target : List.of("/failures", "/tasks?limit=3", "/timeline")) {
            HttpResponse<byte[]> first = api.bytes(RecordedApi.SESSION + target);
            String tag = first.headers().firstValue("ETag").orElseThrow();
            assertEquals(304, api.bytes(RecordedApi.SESSION + target, "If-None-Match", tag).statusCode(), target);
        }
    }

    @Test
    void wrongParametersAreNamedWithWhatWasExpected() throws Exception {
        for (String wrong : List.of("/tasks?limit=0", "/tasks?limit=1001", "/tasks?limit=x", "/tasks?sort=nothing", "/tasks?cursor=1",
                "/tasks?attempts=some", "/events?from=yesterday", "/timeline?format=xml", "/timeline/spans?count=0", "/tasks?wait=-1",
                "/tasks?q=" + "x".repeat(1_001))) {
            JsonNode problem = api.json(400, RecordedApi.SESSION + wrong);
            assertEquals(400, problem.get("status").asInt());
            assertTrue(problem.get("detail").asText().contains("expected"), wrong + ": " + problem);
        }
        api.json(404, "/history/v1/sessions/default/demo/session_2000-01-01_00-00-00_000000_1");
        api.json(404, "/history/v1/nothing");
        api.json(400, "/history/v1/sessions/a..b/x%2Fy/session_1/tasks");
        api.json(400, "/history/v1/sessions/default/demo/ses%20sion/tasks");
    }
}
