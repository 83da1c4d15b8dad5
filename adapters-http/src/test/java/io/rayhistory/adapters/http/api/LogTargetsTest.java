package io.rayhistory.adapters.http.api;

import io.rayhistory.application.read.SessionLogs;
import io.rayhistory.domain.query.LogTarget;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;

import static io.rayhistory.adapters.http.api.SampleServer.DEAD_NODE;
import static io.rayhistory.adapters.http.api.SampleServer.HEAD_NODE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class LogTargetsTest {
    private static SampleServer server;
    private static SessionLogs logs;

    @BeforeAll
    static void start() {
        server = new SampleServer()
                .log(HEAD_NODE, "worker-aa-02000000-1.out", bytes("new"))
                .log(HEAD_NODE, "worker-aa-02000000-1.out.1", bytes("0123456789"))
                .log(HEAD_NODE, "worker-aa-02000000-1.out.2", bytes("0123456789abcdefghij"))
                .log(HEAD_NODE, "worker-bb-02000000-2.err", bytes("job"))
                .log(HEAD_NODE, "worker-bb-ffffffff-2.err", bytes("idle"))
                .log(HEAD_NODE, "worker-bb-02000000-2.out", bytes("out"))
                .start();
        logs = server.session().logs();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static LogTarget range(long start, long end) {
        return new LogTarget(HEAD_NODE, "worker-aa-02000000-1.out", false, "out", start, end, false);
    }

    private static StoredLog first(LogTarget... candidates) {
        return new LogTargets(logs).first(List.of(candidates)).orElseThrow();
    }

    private static String read(StoredLog log) {
        return logs.read(log.file(), log.start(), log.end(),
                (stream, file) -> new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    }

    @Test
    void rangeOfTheCurrentFile() {
        assertEquals("e", read(first(range(1, 2))));
        assertEquals("ew", read(first(range(1, Long.MAX_VALUE))));
        assertEquals("", read(first(range(3, 3))));
        assertEquals("", read(first(range(0, 0))));
        assertFalse(first(range(3, 3)).truncated());
    }

    @Test
    void rangeBehindTheCurrentFileIsInTheRotatedOneThatHoldsIt() {
        assertEquals("56789", read(first(range(5, 10))));
        assertEquals("fgh", read(first(range(15, 18))));
        assertEquals("defghij", read(first(range(13, Long.MAX_VALUE))));
        assertFalse(first(range(15, 18)).truncated());
    }

    @Test
    void rangeThatNothingHoldsIsCutAndSaysSo() {
        StoredLog cut = first(range(2, 99));
        assertEquals("w", read(cut));
        assertTrue(cut.truncated());
        StoredLog gone = first(range(50, 60));
        assertEquals("", read(gone));
        assertTrue(gone.truncated());
    }

    @Test
    void rangeThatEndsBeforeItStartsIsEmpty() {
        assertEquals("", read(first(range(2, 1))));
    }

    @Test
    void fileOfAJobWinsOverThatOfTheIdleWorkerItWas() {
        LogTarget prefix = new LogTarget(HEAD_NODE, "worker-bb-", true, "err", 0, Long.MAX_VALUE, true);
        assertEquals("job", read(first(prefix)));
        assertTrue(first(prefix).interleaved());
    }

    @Test
    void workerFileIsFoundOnAnotherNodeButOwnNodesOfLaterCandidatesComeFirst() {
        LogTarget elsewhere = new LogTarget(DEAD_NODE, "worker-aa-", true, "out", 0, Long.MAX_VALUE, false);
        LogTarget here = new LogTarget(HEAD_NODE, "worker-bb-", true, "out", 0, Long.MAX_VALUE, false);
        assertEquals("new", read(first(elsewhere)));
        assertEquals("out", read(first(elsewhere, here)));
        assertEquals("new", read(first(new LogTarget("", "worker-aa-", true, "out", 0, Long.MAX_VALUE, false))));
    }

    @Test
    void nothingStoredIsEmpty() {
        LogTarget none = new LogTarget("", "worker-cc-", true, "out", 0, Long.MAX_VALUE, false);
        assertTrue(new LogTargets(logs).first(List.of(none)).isEmpty());
        assertTrue(new LogTargets(logs).first(List.of()).isEmpty());
    }
}
