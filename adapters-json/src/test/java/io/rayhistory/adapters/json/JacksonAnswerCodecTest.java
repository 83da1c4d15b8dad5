package io.rayhistory.adapters.json;

import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.history.PlacementGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class JacksonAnswerCodecTest {
    private static final String GROUP = "135e95d4188975a3935d21fa18c502000000";
    private static final String NODE = "856e6ecf6b34e331a3674667e2e36b339e55497bd534ce7f69736169";

    private final JacksonAnswerCodec codec = new JacksonAnswerCodec();

    private static InputStream stream(String json) {
        return new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void placementGroupsOfALiveAnswer() throws IOException {
        String answer = """
                {"result": true, "msg": "", "data": {"result": {"total": 1, "num_after_truncation": 1, "num_filtered": 1,
                "result": [{"placement_group_id": "%s", "name": "pg1", "creator_job_id": "02000000", "state": "REMOVED",
                "bundles": [{"bundle_id": {"placement_group_id": "%s", "bundle_index": 0}, "unit_resources": {"CPU": 0.5},
                "node_id": "%s", "label_selector": {}}, {"bundle_id": {"bundle_index": 1}, "unit_resources": null,
                "node_id": null, "label_selector": {"a": "b"}}], "is_detached": false, "stats":
                {"creation_request_received_ns": "1795378907464667126", "scheduling_started_time_ns":
                "1795378907464789678", "scheduling_latency_us": "2873", "end_to_end_creation_latency_us": "2996",
                "scheduling_attempt": 1, "scheduling_state": "REMOVED", "highest_retry_delay_ms": 0.5},
                "topology_strategy": {}}], "partial_failure_warning": "", "warnings": null}}}
                """.formatted(GROUP, GROUP, NODE);
        assertEquals(List.of(new PlacementGroup(GROUP, "pg1", "02000000", "REMOVED", List.of(
                new PlacementGroup.Bundle(0, Map.of("CPU", 0.5), NODE, Map.of()),
                new PlacementGroup.Bundle(1, Map.of(), "", Map.of("a", "b"))), false,
                new PlacementGroup.Stats(1795378907464667126L, 1795378907464789678L, 2873, 2996, 1, "REMOVED", 0.5))),
                codec.placementGroups(stream(answer)));
    }

    @Test
    void anAnswerWithoutRowsHasNone() throws IOException {
        assertEquals(List.of(), codec.placementGroups(stream("{\"result\":true,\"data\":{\"result\":{\"result\":[]}}}")));
        assertEquals(List.of(), codec.placementGroups(stream("{\"result\":false,\"msg\":\"no\",\"data\":null}")));
    }

    @Test
    void fieldsOfDataComeFirstAndNullsAreLeftOut() throws IOException {
        assertEquals(Map.of("rayVersion", "2.60.0", "rayInitCluster", "false", "result", "true", "msg", "inner"),
                codec.fields(stream("{\"result\": true, \"msg\": \"outer\", \"data\": {\"rayVersion\": \"2.60.0\", "
                        + "\"pythonVersion\": null, \"rayInitCluster\": false, \"msg\": \"inner\", \"deep\": {\"a\": 1}}}")));
        assertEquals(Map.of("offset", "+00:00", "value", "Europe/London"),
                codec.fields(stream("\ufeff{\"offset\": \"+00:00\", \"value\": \"Europe/London\"}")));
    }

    @Test
    void gzippedAnswersAreRead() throws IOException {
        byte[] gzip = GzipTest.gzip("{\"a\":\"b\"}".getBytes(StandardCharsets.UTF_8));
        assertEquals(Map.of("a", "b"), codec.fields(new ByteArrayInputStream(gzip)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{", "<html>", "{\"data\":{\"result\":{\"result\":[7]}}}",
        "{\"data\":{\"result\":[{\"name\":{}}]}}", "{\"data\":{\"result\":[{\"name\":\"a\""})
    void brokenAnswersAreCorrupt(String answer) {
        HistoryException thrown = assertThrows(HistoryException.class, () -> codec.placementGroups(stream(answer)));
        assertEquals(HistoryException.Kind.CORRUPT, thrown.kind());
    }
}
