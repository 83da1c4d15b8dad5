package io.rayhistory.adapters.json;

import io.rayhistory.domain.event.DriverJobLifecycleEvent;
import io.rayhistory.domain.event.NodeLifecycleEvent;
import io.rayhistory.domain.event.RayEvent;
import io.rayhistory.domain.event.SubmissionJobDefinitionEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** What is broken is counted; what stands before and behind it is read. */
class DamageTest {

    private static String job(int number) {
        return "{\"eventType\":\"DRIVER_JOB_LIFECYCLE_EVENT\",\"driverJobLifecycleEvent\":{\"jobId\":\"%02d000000\"}}"
                .formatted(number);
    }

    private static String submission(String entrypoint) {
        return "{\"eventType\":\"SUBMISSION_JOB_DEFINITION_EVENT\",\"submissionJobDefinitionEvent\":{\"submissionId\":\"s\","
                + "\"entrypoint\":\"" + entrypoint + "\"}}";
    }

    private static List<String> jobs(CollectingSink sink) {
        return sink.events.stream().filter(DriverJobLifecycleEvent.class::isInstance)
                .map(e -> ((DriverJobLifecycleEvent) e).jobId().substring(0, 2)).toList();
    }

    private static void assertOneLost(String badLine, String damage) {
        CollectingSink sink = CollectingSink.of(job(1) + "\n" + badLine + "\n" + job(2) + "\n");
        assertEquals(List.of("01", "02"), jobs(sink));
        assertEquals(2, sink.events.size());
        assertEquals(List.of(damage), sink.damages);
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "{", "}", "{\"eventType\":\"NODE", "{\"a\":1,}", "{\"a\" 1}", "[1]", "1", "-", "null",
        "\"text\"", "{} {}", "{}x", "\u0000", "\u0000\u0000{}", "{\"message\":\"a\u0000b\"}", "{}\u0000", "{\"a\":\"tab\there\"}",
        "{\"a\":tru}", "{\"a\":\"\\q\"}", "\ufeff{}", "{\"a\":[1,2}", "]", "{\"a\":1", "\u0000\"\u0000{\u0000"})
    void aLineThatIsNoJsonObjectIsMalformed(String line) {
        assertOneLost(line, "MALFORMED record 2");
    }

    @Test
    void theLastLineCountsIfItIsWhole() {
        CollectingSink sink = CollectingSink.of(job(1) + "\n" + job(2));
        assertEquals(List.of("01", "02"), jobs(sink));
        assertEquals(List.of(), sink.damages);
    }

    @Test
    void theLastLineCutAnywhereIsTruncated() {
        byte[] file = (job(1) + "\n" + job(2)).getBytes(StandardCharsets.UTF_8);
        for (int cut = job(1).length() + 2; cut < file.length; cut++) {
            CollectingSink sink = CollectingSink.of(Arrays.copyOf(file, cut));
            assertEquals(List.of("01"), jobs(sink), "cut at " + cut);
            assertEquals(List.of("TRUNCATED record 2"), sink.damages, "cut at " + cut);
        }
    }

    @Test
    void anArrayCutAnywhereKeepsTheElementsBefore() {
        String first = "[" + job(1) + ", ";
        byte[] file = (first + job(2) + "]").getBytes(StandardCharsets.UTF_8);
        for (int cut = first.length(); cut < file.length; cut++) {
            CollectingSink sink = CollectingSink.of(Arrays.copyOf(file, cut));
            assertEquals(cut == file.length - 1 ? List.of("01", "02") : List.of("01"), jobs(sink), "cut at " + cut);
            assertEquals(1, sink.damages.size(), "cut at " + cut);
            assertEquals("TRUNCATED", sink.damages.get(0).split(" ")[0], "cut at " + cut);
        }
    }

    @Test
    void nullElementsAreNoneAndOtherScalarsAreMalformed() {
        CollectingSink sink = CollectingSink.of(" \n[null, " + job(1) + ",null,7, \"x\" ," + job(2) + "\n, null]\n");
        assertEquals(List.of("01", "02"), jobs(sink));
        assertEquals(List.of("MALFORMED record 2", "MALFORMED record 3"), sink.damages);
    }

    @Test
    void aBrokenArrayElementCostsNoOther() {
        CollectingSink sink = CollectingSink.of("[" + job(1) + ",{\"eventType\":oops}," + job(2) + "][" + job(3) + "]");
        assertEquals(List.of("01", "02", "03"), jobs(sink));
        assertEquals(List.of("MALFORMED record 2"), sink.damages);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\n", "\ufeff", "[]", "[ ]\n", "\r\n"})
    void anEmptyFileIsNoDamage(String file) {
        CollectingSink sink = CollectingSink.of(file);
        assertEquals(List.of(), sink.events);
        assertEquals(List.of(), sink.damages);
    }

    @Test
    void aByteOrderMarkBlankLinesAndCarriageReturnsAreIgnored() {
        CollectingSink sink = CollectingSink.of("\ufeff\r\n" + job(1) + "\r\n\r\n \t\n" + job(2) + " \r\n");
        assertEquals(List.of("01", "02"), jobs(sink));
        assertEquals(List.of(), sink.damages);
    }

    @Test
    void invalidUtf8InATextIsReplaced() {
        byte[] file = (submission("a\u0001b\u0002c") + "\n" + job(1)).getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < file.length; i++) {
            file[i] = file[i] == 1 ? (byte) 0xff : file[i] == 2 ? (byte) 0xc3 : file[i];
        }
        CollectingSink sink = CollectingSink.of(file);
        assertEquals("a\ufffdb\ufffdc", ((SubmissionJobDefinitionEvent) sink.events.get(0)).entrypoint());
        assertEquals(List.of("01"), jobs(sink));
        assertEquals(List.of(), sink.damages);
    }

    @Test
    void aLongLineIsSkippedAloneAndNeverHeld() {
        JacksonEventCodec codec = new JacksonEventCodec(new JsonLimits(1000, 256));
        String fits = submission("x".repeat(1000 - submission("").length()));
        String tooLong = submission("x".repeat(1001 - submission("").length()));
        for (String end : List.of("\n", "")) {
            byte[] file = (job(1) + "\n" + fits + "\n" + tooLong + "\n" + job(2) + "\n" + "z".repeat(500_000) + end)
                    .getBytes(StandardCharsets.UTF_8);
            CollectingSink sink = CollectingSink.of(codec, file);
            assertEquals(List.of("01", "02"), jobs(sink));
            assertEquals(3, sink.events.size());
            assertEquals(List.of("OVERSIZE record 3", "OVERSIZE record 5"), sink.damages);
        }
    }

    @Test
    void aLongArrayElementIsSkippedAlone() {
        JacksonEventCodec codec = new JacksonEventCodec(new JsonLimits(1000, 256));
        for (int length = 900; length < 1200; length++) {
            String quoted = submission("\\\"".repeat(length));
            CollectingSink sink = CollectingSink.of(codec, ("[" + job(1) + "," + quoted + "," + job(2) + "]")
                    .getBytes(StandardCharsets.UTF_8));
            assertEquals(List.of("01", "02"), jobs(sink), "length " + length);
            assertEquals(List.of("OVERSIZE record 2"), sink.damages, "length " + length);
        }
    }

    @Test
    void aNestingBombIsOversize() {
        assertOneLost("{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}", "OVERSIZE record 2");
        assertOneLost("{\"platformEvent\":" + "{\"a\":".repeat(300) + "1" + "}".repeat(301), "OVERSIZE record 2");
    }

    @Test
    void anUnknownTypeIsCountedByName() {
        assertOneLost("{\"eventType\":\"CAT_EVENT\",\"catEvent\":{\"a\":[{}]}}", "UNKNOWN_TYPE CAT_EVENT");
        assertOneLost("{\"eventType\":\"CAT_EVENT\",\"nodeLifecycleEvent\":{\"nodeId\":5}}", "UNKNOWN_TYPE CAT_EVENT");
        assertOneLost("{\"eventType\":99}", "UNKNOWN_TYPE 99");
        assertOneLost("{\"eventType\":\"A\\u001b[31m\\n" + "é".repeat(100) + "\"}", "UNKNOWN_TYPE A?[31m?" + "?".repeat(73));
    }

    @Test
    void aKnownTypeWithoutAUsablePayloadIsInvalid() {
        String type = "{\"eventType\":\"NODE_LIFECYCLE_EVENT\"";
        assertOneLost(type + "}", "INVALID NODE_LIFECYCLE_EVENT: payload");
        assertOneLost(type + ",\"nodeLifecycleEvent\":null}", "INVALID NODE_LIFECYCLE_EVENT: payload");
        assertOneLost(type + ",\"nodeLifecycleEvent\":\"x\"}", "INVALID NODE_LIFECYCLE_EVENT: nodeLifecycleEvent");
        assertOneLost(type + ",\"nodeLifecycleEvent\":[{}]}", "INVALID NODE_LIFECYCLE_EVENT: nodeLifecycleEvent");
        assertOneLost(type + ",\"nodeLifecycleEvent\":{}}", "INVALID NODE_LIFECYCLE_EVENT: nodeId");
        assertOneLost(type + ",\"nodeLifecycleEvent\":{\"nodeId\":\"\"}}", "INVALID NODE_LIFECYCLE_EVENT: nodeId");
        assertOneLost(type + ",\"nodeLifecycleEvent\":{\"nodeId\":{\"a\":[1]},\"stateTransitions\":[]}}",
                "INVALID NODE_LIFECYCLE_EVENT: nodeId");
        assertOneLost(type + ",\"nodeLifecycleEvent\":{\"nodeId\":\"n\",\"stateTransitions\":[{\"timestamp\":\"noon\"},{}]}}",
                "INVALID NODE_LIFECYCLE_EVENT: timestamp");
        assertOneLost(type + ",\"timestamp\":\"noon\",\"nodeLifecycleEvent\":{\"nodeId\":\"n\"}}",
                "INVALID NODE_LIFECYCLE_EVENT: timestamp");
        assertOneLost("{\"eventType\":\"TASK_LIFECYCLE_EVENT\",\"taskLifecycleEvent\":{\"taskId\":\"t\",\"workerPid\":\"many\"}}",
                "INVALID TASK_LIFECYCLE_EVENT: workerPid");
        assertOneLost("{}", "INVALID no eventType: payload");
    }

    @Test
    void theTypeWinsOverTheKeyAndAKeyAloneIsEnough() {
        String payloads = ",\"nodeLifecycleEvent\":{\"nodeId\":\"" + "ab".repeat(28)
                + "\"},\"driverJobLifecycleEvent\":{\"jobId\":\"01000000\"}}";
        assertEquals(NodeLifecycleEvent.class,
                CollectingSink.only("{\"eventType\":\"NODE_LIFECYCLE_EVENT\"" + payloads).getClass());
        assertEquals(DriverJobLifecycleEvent.class, CollectingSink.only("{\"eventType\":6" + payloads).getClass());
        assertOneLost("{\"eventType\":\"EVENT_TYPE_UNSPECIFIED\"" + payloads, "INVALID no eventType: payload");
        assertEquals(DriverJobLifecycleEvent.class,
                CollectingSink.only("{\"driver_job_lifecycle_event\":{\"job_id\":\"01000000\"}}").getClass());
    }

    @Test
    void anIdThatIsNoneIsKeptAndCounted() {
        String line = "{\"eventId\":\"e1\",\"nodeId\":\"head-node\",\"eventType\":\"DRIVER_JOB_LIFECYCLE_EVENT\","
                + "\"driverJobLifecycleEvent\":{\"jobId\":7}}\n";
        CollectingSink sink = CollectingSink.of(line + line);
        assertEquals(List.of("ODD_ID eventId", "ODD_ID nodeId", "ODD_ID jobId", "ODD_ID eventId", "ODD_ID nodeId",
                "ODD_ID jobId"), sink.damages);
        for (RayEvent event : sink.events) {
            assertEquals("head-node", event.envelope().nodeId());
            assertEquals("e1", event.envelope().eventId());
            assertEquals("7", ((DriverJobLifecycleEvent) event).jobId());
        }
    }

    @Test
    void onlyAFailingStreamThrows() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("storage is away");
            }
        };
        CollectingSink sink = new CollectingSink();
        IOException thrown = assertThrows(IOException.class, () -> new JacksonEventCodec().decode(
                new SequenceInputStream(new ByteArrayInputStream((job(1) + "\n").getBytes(StandardCharsets.UTF_8)),
                        broken), sink));
        assertEquals("storage is away", thrown.getMessage());
        assertEquals(List.of("01"), jobs(sink));
    }
}
