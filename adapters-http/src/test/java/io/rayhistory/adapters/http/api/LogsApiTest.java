package io.rayhistory.adapters.http.api;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

import static io.rayhistory.adapters.http.api.SampleServer.DEAD_NODE;
import static io.rayhistory.adapters.http.api.SampleServer.HEAD_NODE;
import static io.rayhistory.adapters.http.api.SampleServer.SESSION;
import static io.rayhistory.adapters.http.api.SampleServer.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class LogsApiTest {
    /** Failed twice, then finished; 16 bytes each in one file. */
    private static final String FLAKY = "c1c9ddb7e87e0a85ffffffffffffffffffffffff02000000";
    /** Died with its worker; nothing tells where its output began. */
    private static final String DIES = "c5287b29a01a0306ffffffffffffffffffffffff02000000";
    private static final String ACTOR_TASK = "a363a5a94a784cb3e2e7358df7c87a55bdce3be607000000";
    private static final String NEVER_RAN = "0576e10e82808725ffffffffffffffffffffffff07000000";
    private static final String COUNTER = "b1a9d3e1d31f3ca9cf26f41b02000000";
    private static final byte[] BYTES = "one\ntwo\r\n\n\u001b[31mred\u001b[0m \u00ff\u0000end".getBytes(StandardCharsets.ISO_8859_1);

    private static SampleServer server;

    @BeforeAll
    static void start() {
        server = new SampleServer().log(HEAD_NODE, "odd/bytes.log", BYTES).log(HEAD_NODE, "empty.log", new byte[0])
                .log(HEAD_NODE, "worker-00ff-02000000-4711.out", "first\n".getBytes(StandardCharsets.UTF_8))
                .log(HEAD_NODE, "worker-00ff-02000000-471.out", "other\n".getBytes(StandardCharsets.UTF_8)).start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HttpResponse<byte[]> read(String query) {
        return server.get("/api/v0/logs/file?" + query);
    }

    private static String ok(String query) {
        HttpResponse<byte[]> answer = read(query);
        assertEquals(200, answer.statusCode(), () -> text(answer));
        return text(answer);
    }

    @Test
    void fileIsSentByteForByte() {
        HttpResponse<byte[]> answer = read("node_id=" + HEAD_NODE + "&filename=odd/bytes.log&lines=-1");
        assertArrayEquals(BYTES, answer.body());
        assertEquals("text/plain", answer.headers().firstValue("Content-Type").orElse(""));
        assertEquals("attachment; filename=\"file.txt\"", answer.headers().firstValue("Content-Disposition").orElse(""));
        assertEquals("", ok("node_id=" + HEAD_NODE + "&filename=empty.log"));
    }

    @Test
    void linesCountFromTheEnd() {
        String file = "node_id=" + HEAD_NODE + "&filename=odd/bytes.log&lines=";
        assertTrue(ok(file + 1).endsWith("end"));
        assertTrue(ok(file + 2).startsWith("\n\u001b"));
        assertTrue(ok(file + 3).startsWith("two\r\n\n"));
        assertEquals(ok(file + 0), ok(file + 4));
    }

    @Test
    void coloursAreLeftOutOnlyWhenAsked() {
        String file = "node_id=" + HEAD_NODE + "&filename=odd/bytes.log&filter_ansi_code=";
        assertTrue(ok(file + "TRUE").contains("red ") && !ok(file + "TRUE").contains("\u001b"));
        assertTrue(ok(file + "1").contains("\u001b[31m"));
    }

    @Test
    void streamOfADeadSessionIsItsFile() {
        String query = "node_id=" + HEAD_NODE + "&filename=odd/bytes.log&interval=0.5";
        HttpResponse<byte[]> stream = server.get("/api/v0/logs/stream?" + query);
        assertArrayEquals(BYTES, stream.body());
        assertEquals(400, server.get("/api/v0/logs/stream?" + query + "s").statusCode());
    }

    @Test
    void absolutePathsOfTheNodeAreUnderstood() {
        String driver = "job-driver-raysubmit_fail.log";
        assertEquals(ok("submission_id=raysubmit_fail"),
                ok("node_ip=192.0.2.2&filename=/tmp/ray/" + SESSION + "/logs/" + driver));
        assertEquals(400, read("node_id=" + HEAD_NODE + "&filename=/etc/passwd").statusCode());
        assertEquals(400, read("node_id=" + HEAD_NODE + "&filename=../x").statusCode());
    }

    @Test
    void everyAttemptHasItsOwnPartOfTheWorkersFile() {
        for (int attempt = 0; attempt < 3; attempt++) {
            String log = ok("task_id=" + FLAKY + "&attempt_number=" + attempt);
            assertEquals(16, log.length(), log);
        }
        assertEquals(16, ok("task_id=" + FLAKY.toUpperCase(java.util.Locale.ROOT)).length());
    }

    @Test
    void attemptThatDiedWithItsWorkerShowsTheWorkersFile() {
        assertTrue(ok("task_id=" + DIES + "&attempt_number=1").contains(":task_name:dies"));
    }

    @Test
    void actorTaskShowsItsActorsFileAndSaysSo() {
        HttpResponse<byte[]> answer = read("task_id=" + ACTOR_TASK);
        assertEquals(200, answer.statusCode());
        assertTrue(text(answer).contains(":actor_name:Keeper"), text(answer));
        assertEquals("interleaved actor log", answer.headers().firstValue("X-Ray-Log-Note").orElse(""));
        assertFalse(read("actor_id=" + COUNTER).headers().firstValue("X-Ray-Log-Note").isPresent());
    }

    @Test
    void actorLogIsThatOfItsLastIncarnationOnADeadNode() {
        assertEquals(":job_id:02000000\n:actor_name:Counter\ncounter up 10\ninc 11\n", ok("actor_id=" + COUNTER));
    }

    @Test
    void pidMeansTheWorkerWithExactlyThatPid() {
        assertEquals("first\n", ok("node_id=" + HEAD_NODE + "&pid=4711"));
        assertEquals(404, read("node_id=" + HEAD_NODE + "&pid=47").statusCode());
        assertEquals(404, read("node_id=" + HEAD_NODE + "&pid=4711&suffix=err").statusCode());
        assertEquals(404, read("node_id=" + DEAD_NODE + "&pid=4711").statusCode());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "task_id=" + NEVER_RAN + "|Could not find log file for task attempt." + NEVER_RAN + "(0) due to missing node info.",
        "task_id=" + FLAKY + "&attempt_number=7|Could not find log file for task attempt:" + FLAKY + "(7)",
        "task_id=abc|Could not find log file for task: abc (attempt 0) with suffix: out",
        "actor_id=abc|Actor ID abc not found.",
        "node_id=abc&filename=x|Agent for node id: abc doesn't exist.",
        "node_ip=203.0.113.9&filename=x|Cannot find matching node_id for a given node ip 203.0.113.9",
        "node_id=" + HEAD_NODE + "&filename=none.log|A file is not found at: none.log",
        "node_id=" + HEAD_NODE + "&filename=odd|A file is not found at: odd"})
    void whatCannotBeFoundIsToldInRaysWords(String query, String message) {
        HttpResponse<byte[]> answer = read(query);
        assertEquals(404, answer.statusCode());
        assertEquals(message, text(answer));
        assertTrue(answer.headers().firstValue("Content-Type").orElse("").startsWith("text/plain"));
    }

    @Test
    void headTellsTheSameWithoutABody() {
        String target = "/api/v0/logs/file?node_id=" + HEAD_NODE + "&filename=odd/bytes.log&lines=1&download_filename=a/b.log";
        HttpResponse<byte[]> head = server.send("HEAD", target);
        assertEquals(200, head.statusCode());
        assertEquals(0, head.body().length);
        assertEquals("attachment; filename=\"b.log\"", head.headers().firstValue("Content-Disposition").orElse(""));
        assertEquals(server.get(target).body().length, head.headers().firstValueAsLong("Content-Length").orElse(-1));
        assertEquals(404, server.send("HEAD", "/api/v0/logs/file?task_id=" + NEVER_RAN).statusCode());
    }

    @Test
    void listingGroupsTheFilesOfADeadNode() {
        String listed = text(server.get("/api/v0/logs?node_ip=127.0.0.2&glob=raylet*"));
        assertEquals("{\"result\":true,\"msg\":\"\",\"data\":{\"result\":{\"raylet\":[\"raylet.out\"]},\"node_id\":\""
                + DEAD_NODE + "\"}}", listed);
        String deep = text(server.get("/api/v0/logs?node_id=" + HEAD_NODE + "&glob=odd/**"));
        assertTrue(deep.contains("odd/"), deep);
        assertEquals(404, server.get("/api/v0/logs?node_id=abc").statusCode());
        assertEquals(400, server.get("/api/v0/logs?node_id=" + HEAD_NODE + "&glob=../*").statusCode());
    }
}
