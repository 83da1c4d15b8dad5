package io.rayhistory.adapters.json;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;

class SnakeCaseTest {
    @ParameterizedTest
    @CsvSource({"labelSelector, label_selector", "taskProfileEvents, task_profile_events", "label_selector, label_selector",
        "name, name", "'', ''", "nodeIpAddress, node_ip_address"})
    void fieldNamesAreThoseOfTheMessage(String json, String proto) {
        assertEquals(proto, SnakeCase.of(json));
    }
}
