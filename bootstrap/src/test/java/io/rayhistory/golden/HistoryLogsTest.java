package io.rayhistory.golden;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Logs of the recorded cluster, and one that a hostile program wrote. */
class HistoryLogsTest {
    private static final String NODE = "5263ab4e58b0b118a9ecbb1b829dcf4eb165494fc261bfd004660e1f";
    private static final String HOSTILE = "<script>alert(1)</script>.log";
    private static final String HOSTILE_PATH = "/" + NODE + "/%3Cscript%3Ealert(1)%3C%2Fscript%3E.log";
    @TempDir
    static Path folder;
    private static RecordedApi api;
    private static String hostile;

    @BeforeAll
    static void serve() throws Exception {
        StringBuilder text = new StringBuilder("<img src=x onerror=alert(1)>\u001b[31mred\u001b[0m\u0000\r\n");
        text.append("x".repeat(3_000_000)).append("needle\n");
        for (int line = 2; line < 5_000; line++) {
            text.append("line ").append(line).append(line % 500 == 0 ? " Needle" : "").append('\n');
        }
        hostile = text.append("no newline \u202e at the end").toString();
        api = new RecordedApi(folder, store -> {
            Path logs = store.resolve("ray/cluster-history/raycluster/default/demo/session_2026-11-22_20-21-16_964865_19675/" + NODE + "/logs");
            Path file = logs.resolve(HOSTILE.replace('/', '_'));
            Files.writeString(file, hostile);
        });
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static String path() {
        return HOSTILE_PATH.replace("%2F", "_");
    }

    @Test
    void theTreeNamesEveryFileOfEveryNodeAlsoOfDeadOnes() throws Exception {
        JsonNode nodes = api.get("/logs").get("nodes");
        assertEquals(2, nodes.size());
        assertEquals("DEAD", nodes.get(1).get("state").asText());
        assertTrue(nodes.get(1).get("files").size() > 50);
        assertTrue(nodes.get(0).get("files").toString().contains("<script>alert(1)<_script>.log"));
    }

    @Test
    void anyRangeIsThoseBytesAndNothingIsEverHtml() throws Exception {
        byte[] all = hostile.getBytes(StandardCharsets.UTF_8);
        HttpResponse<byte[]> whole = api.bytes(RecordedApi.SESSION + "/logs" + path());
        assertArrayEquals(all, whole.body());
        assertTrue(whole.headers().firstValue("Content-Type").orElse("").startsWith("text/plain"));
        assertEquals("nosniff", whole.headers().firstValue("X-Content-Type-Options").orElse(""));
        for (long seed = 1; seed <= 30; seed++) {
            Random dice = new Random(seed);
            int from = dice.nextInt(all.length);
            int to = from + dice.nextInt(1_000);
            HttpResponse<byte[]> part = api.bytes(RecordedApi.SESSION + "/logs" + path(), "Range", "bytes=" + from + "-" + to);
            assertEquals(206, part.statusCode(), "seed " + seed);
            assertArrayEquals(Arrays.copyOfRange(all, from, Math.min(all.length, to + 1)), part.body(), "seed " + seed);
        }
        assertArrayEquals(Arrays.copyOfRange(all, all.length - 5, all.length),
                api.bytes(RecordedApi.SESSION + "/logs" + path(), "Range", "bytes=-5").body());
        assertEquals(416, api.bytes(RecordedApi.SESSION + "/logs" + path(), "Range", "bytes=99999999-").statusCode());
        assertEquals(200, api.bytes(RecordedApi.SESSION + "/logs" + path(), "Range", "bytes=1-2,4-5").statusCode());
        String tag = whole.headers().firstValue("ETag").orElseThrow();
        assertEquals(304, api.bytes(RecordedApi.SESSION + "/logs" + path(), "If-None-Match", tag).statusCode());
        assertEquals(200, api.bytes(RecordedApi.SESSION + "/logs" + path(), "Range", "bytes=0-1", "If-Range", "\"old\"").statusCode());
        assertTrue(api.bytes(RecordedApi.SESSION + "/logs" + path() + "?download=1").headers().firstValue("Content-Disposition")
                .orElse("").startsWith("attachment"));
    }

    @Test
    void linesAreTheSameByNumberByPlaceAndFromTheEnd() throws Exception {
        String lines = "/log-lines" + path();
        JsonNode first = api.get(lines + "?from=0&count=3");
        assertEquals("<img src=x onerror=alert(1)>\u001b[31mred\u001b[0m\u0000", first.get("lines").get(0).get("text").asText());
        assertTrue(first.get("lines").get(1).get("cut").asBoolean());
        assertEquals(10_000, first.get("lines").get(1).get("text").asText().length());
        assertEquals(3_000_007, first.get("lines").get(1).get("bytes").asInt());
        assertEquals(5_001, first.get("totalLines").asInt());
        JsonNode far = api.get(lines + "?from=4321&count=1").get("lines").get(0);
        assertEquals("line 4321", far.get("text").asText());
        assertEquals(far.get("text"), api.get(lines + "?offset=" + far.get("offset").asLong() + "&count=1").get("lines").get(0).get("text"));
        JsonNode tail = api.get(lines + "?tail=2");
        assertEquals(List.of("line 4999", "no newline \u202e at the end"),
                List.of(tail.get("lines").get(0).get("text").asText(), tail.get("lines").get(1).get("text").asText()));
        assertTrue(tail.get("nextOffset").isNull());
        assertEquals(0, api.get(lines + "?from=999999").get("lines").size());
        assertEquals(0, api.get(lines + "?offset=999999999").get("lines").size());
    }

    @Test
    void searchFindsEveryLineOnceFromCursorToCursor() throws Exception {
        for (String question : List.of("q=needle", "q=ne+dle&regex=1", "q=Needle&case=1")) {
            String find = "/log-find" + path() + "?" + question.replace("+", "%2B") + "&limit=";
            Random dice = new Random(question.hashCode());
            String cursor = "";
            int hits = 0;
            long before = -1;
            do {
                JsonNode answer = api.get(find + (1 + dice.nextInt(4)) + "&cursor=" + cursor);
                for (JsonNode hit : answer.get("hits")) {
                    hits++;
                    assertTrue(hit.get("line").asLong() > before, question);
                    before = hit.get("line").asLong();
                    assertEquals("needle", hit.get("text").asText()
                            .substring(hit.get("matchStart").asInt(), hit.get("matchEnd").asInt()).toLowerCase(Locale.ROOT));
                    assertEquals(hit.get("line"), api.get("/log-lines" + path() + "?from=" + before + "&count=1").get("lines").get(0).get("n"));
                }
                cursor = answer.get("nextCursor").asText();
            } while (!cursor.isEmpty());
            assertEquals(9, hits, question);
        }
    }

    @Test
    void patternsThatHangOthersAreQuick() throws Exception {
        api.get("/log-find" + path() + "?regex=1&q=(x%2B)%2B%24y");
        api.json(400, RecordedApi.SESSION + "/log-find" + path() + "?regex=1&q=(%3F%3Dx)");
        api.json(400, RecordedApi.SESSION + "/log-find" + path() + "?q=");
        api.json(400, RecordedApi.SESSION + "/log-find" + path() + "?q=x&cursor=nothing");
    }

    @Test
    void namesThatLeadElsewhereDoNotExist() throws Exception {
        for (String name : List.of("../../secret", "%2e%2e/%2e%2e/x", "/etc/passwd", "%00", "gcs_server.out/../gcs_server.out", "logs/")) {
            HttpResponse<byte[]> answer = api.bytes(RecordedApi.SESSION + "/logs/" + NODE + "/" + name);
            assertTrue(answer.statusCode() == 404 || answer.statusCode() == 400, name + " " + answer.statusCode());
        }
        api.json(404, RecordedApi.SESSION + "/logs/nonode/gcs_server.out");
    }
}
