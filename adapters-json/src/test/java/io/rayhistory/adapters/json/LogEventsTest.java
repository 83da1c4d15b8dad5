package io.rayhistory.adapters.json;

import io.rayhistory.application.port.EventCodec.Damage;
import io.rayhistory.domain.history.LogEvent;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class LogEventsTest {
    private final List<LogEvent> events = new ArrayList<>();
    private final List<Damage> damages = new ArrayList<>();

    private void decode(byte[] file) {
        try {
            new JacksonEventCodec().decodeLogEvents(new ByteArrayInputStream(file), events::add, damages::add);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void decode(String file) {
        decode(file.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void cppWritersSendANumberAsTimestampAndATextAsPid() {
        decode("{\"custom_fields\":{\"job_id\":\"02000000\",\"node_id\":\"5263\"},\"event_id\":\"ccd3\",\"host_name\":\"vm\","
                + "\"label\":\"RAY_WORKER_FAILURE\",\"message\":\"a \\\\n\\tb\\\\rc\",\"pid\":\"14049\","
                + "\"severity\":\"ERROR\",\"source_type\":\"RAYLET\",\"timestamp\":1795375944}\n");
        assertEquals(List.of(new LogEvent("ccd3", 1795375944, "ERROR", "RAYLET", "RAY_WORKER_FAILURE", "a \n\tb\nc",
                "02000000", "", "vm", "14049", "{\"custom_fields\":{\"job_id\":\"02000000\",\"node_id\":\"5263\"},"
                + "\"event_id\":\"ccd3\",\"host_name\":\"vm\",\"label\":\"RAY_WORKER_FAILURE\","
                + "\"message\":\"a \\n\\tb\\nc\",\"pid\":\"14049\",\"severity\":\"ERROR\",\"source_type\":\"RAYLET\","
                + "\"timestamp\":1795375944}")), events);
        assertEquals(List.of(), damages);
    }

    @Test
    void pythonWritersSendATextAsTimestampAndANumberAsPid() {
        decode("{\"event_id\": \"6Da9\", \"source_type\": \"JOBS\", \"source_hostname\": \"vm\", \"source_pid\": 14073, "
                + "\"message\": \"Started a ray job X.\", \"timestamp\": \"1795375957\", \"custom_fields\": "
                + "{\"submission_id\": \"X\", \"deep\": {\"n\": 1.50}}, \"severity\": \"INFO\", \"label\": \"\"}");
        assertEquals(List.of(new LogEvent("6Da9", 1795375957, "INFO", "JOBS", "", "Started a ray job X.", "", "X", "vm",
                "14073", "{\"event_id\":\"6Da9\",\"source_type\":\"JOBS\",\"source_hostname\":\"vm\",\"source_pid\":14073,"
                + "\"message\":\"Started a ray job X.\",\"timestamp\":\"1795375957\",\"custom_fields\":"
                + "{\"submission_id\":\"X\",\"deep\":{\"n\":1.50}},\"severity\":\"INFO\",\"label\":\"\"}")), events);
    }

    @Test
    void whatIsDamagedIsSkippedAlone() {
        String good = "{\"event_id\":\"%s\",\"timestamp\":null,\"custom_fields\":null,\"message\":5}\n";
        decode(good.formatted("a") + "\n  \nnoise\n{}\n{\"event_id\":\"\"}\n[\n" + "x".repeat(2_100_000) + "\n{\"a\":"
                + "[".repeat(999) + "\n" + good.formatted("b") + "{\"event_id\":\"c");
        assertEquals(List.of("a", "b"), events.stream().map(LogEvent::eventId).toList());
        assertEquals(List.of(0L, 0L), events.stream().map(LogEvent::timeSeconds).toList());
        assertEquals("5", events.get(0).message());
        assertEquals(List.of(Damage.MALFORMED, Damage.INVALID, Damage.INVALID, Damage.MALFORMED, Damage.OVERSIZE,
                Damage.OVERSIZE, Damage.TRUNCATED), damages);
    }

    @Test
    void aCutGzipFileKeepsItsCompleteLines() {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            lines.append("{\"event_id\":\"").append(i).append("\"}\n");
        }
        byte[] file = GzipTest.gzip(lines.toString().getBytes(StandardCharsets.UTF_8));
        decode(Arrays.copyOf(file, file.length - 20));
        assertTrue(events.size() > 900);
        assertEquals(List.of(Damage.TRUNCATED), damages);
    }

    @Test
    void bothDialectsOfARecordedSessionAreRead() throws IOException {
        try (Stream<Path> walk = Files.walk(Path.of("..", "samples", "hello-session", "cluster-history"))) {
            for (Path file : walk.filter(f -> f.getParent().endsWith("logs/events")).sorted().toList()) {
                decode(Files.readAllBytes(file));
            }
        }
        assertEquals(List.of(), damages);
        assertEquals(List.of("AUTOSCALER", "GCS", "JOBS", "RAYLET"),
                events.stream().map(LogEvent::sourceType).distinct().sorted().toList());
        for (LogEvent event : events) {
            assertTrue(event.timeSeconds() > 1795378876 && event.timeSeconds() < 1795379100, event.toString());
            assertEquals("vm", event.hostname());
        }
        assertEquals(List.of("raysubmit_demo", "raysubmit_demo", "raysubmit_fail", "raysubmit_fail"),
                events.stream().map(LogEvent::submissionId).filter(s -> !s.isEmpty()).toList());
    }
}
