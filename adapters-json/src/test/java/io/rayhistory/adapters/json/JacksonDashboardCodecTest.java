package io.rayhistory.adapters.json;

import io.rayhistory.application.port.DashboardCodec.JobRow;
import io.rayhistory.application.port.DashboardCodec.NodeRow;
import io.rayhistory.domain.HistoryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

final class JacksonDashboardCodecTest {
    private final JacksonDashboardCodec codec = new JacksonDashboardCodec();

    private static InputStream of(String json) {
        return new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void jobsAreThoseOfTheJobsApi() throws IOException {
        assertEquals(List.of(new JobRow("", "FAILED"), new JobRow("04000000", "SUCCEEDED")), codec.jobs(of("""
                [{"type": "SUBMISSION", "job_id": null, "driver_info": null, "status": "FAILED", "metadata": {"status": "x"}},
                 {"job_id": "04000000", "driver_info": {"id": "04000000", "job_id": "9"}, "status": "SUCCEEDED"}]""")));
        assertEquals(List.of(), codec.jobs(of("[]")));
    }

    @Test
    void nodesAreThoseOfTheStateApi() throws IOException {
        String id = "5263ab4e58b0b118a9ecbb1b829dcf4eb165494fc261bfd004660e1f";
        assertEquals(List.of(new NodeRow(id, "192.0.2.2", "ALIVE", 1795378880970L)), codec.nodes(of("""
                {"result": true, "msg": "", "data": {"result": {"total": 2, "result": [{"node_id": "%s", "node_ip": "192.0.2.2",
                 "labels": {"node_ip": "other"}, "state": "ALIVE", "start_time_ms": 1795378880970}], "warnings": null}}}""".formatted(id))));
        assertEquals(List.of(), codec.nodes(of("{\"result\": false, \"msg\": \"not yet\", \"data\": null}")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{\"datasets\": []} | true", "{} | true", "{\"datasets\": null} | true", "{\"datasets\": {}} | true",
            "{\"datasets\": [{}]} | false", "{\"a\": {\"datasets\": [1]}} | true", "{\"a\": [], \"datasets\": {\"x\": 1}, \"b\": 2} | false"})
    void memberIsLackingIfItHoldsNothing(String json, boolean lacks) throws IOException {
        assertEquals(lacks, codec.lacks("datasets", of(json)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no json", "[1", "{\"datasets\": []", "[]"})
    void whatIsNoObjectIsCorrupt(String text) {
        assertEquals(HistoryException.Kind.CORRUPT, assertThrows(HistoryException.class, () -> codec.lacks("datasets", of(text))).kind());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[{\"job_id\": \"1\"}", "<html>"})
    void whatIsNoListOfJobsIsCorrupt(String text) {
        assertEquals(HistoryException.Kind.CORRUPT, assertThrows(HistoryException.class, () -> codec.jobs(of(text))).kind());
    }

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("collector", "rayhistory \"1\"");
        fields.put("zone", "Zürich\n");
        assertEquals(fields, codec.fields(new ByteArrayInputStream(codec.write(fields))));
    }
}
