package io.rayhistory.adapters.http.api;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ResourceUsageTest {
    private static final String GROUP = "0123456789abcdef0123456789abcdef0123";
    /** As Ray 2.60 writes it, cut. */
    private static final String LOCAL = "cluster_resource_scheduler state: \nLocal id: 39766065771759023 Local resources: "
            + "{\"total\":{CPU: [20000], object_store_memory: [3000000000000], GPU: [10000, 10000], "
            + "node:__internal_head__: [10000], node:192.0.2.2: [10000]}, \"available\": {CPU: [1000], "
            + "object_store_memory: [2998892750000], GPU: [0, 5000], node:__internal_head__: [9990], "
            + "node:192.0.2.2: [10000]}, \"labels\":{\"ray.io/node-id\":\"52\"}} is_draining: 0 is_idle: 0 "
            + "Cluster resources: node id: 1{\"total\":{CPU: 20000}, \"available\": {CPU: 1000}}";

    @Test
    void debugStateIsReadAsRayletsWriteIt() {
        DebugState state = DebugState.parse(LOCAL);
        assertTrue(state.known());
        assertEquals(2.0, state.total().get("GPU"));
        assertEquals(0.5, state.available().get("GPU"));
        assertEquals(299_889_275.0, state.available().get("object_store_memory"));
        assertEquals(0.999, state.available().get("node:__internal_head__"));
    }

    @ParameterizedTest
    @CsvSource({"''", "nothing", "Local resources: {\"total\":{", "'Local resources: {\"total\":{}, \"available\": {}}'"})
    void anythingElseIsUnknown(String text) {
        assertFalse(DebugState.parse(text).known());
    }

    @Test
    void linesAreRays() {
        ResourceUsage usage = new ResourceUsage().add(Map.of(), DebugState.parse(LOCAL));
        assertEquals(List.of("1.9/2.0 CPU", "1.5/2.0 GPU", "108.13KiB/286.10MiB object_store_memory"), usage.lines());
    }

    @Test
    void resourcesAreUnusedWhenTheRayletSaidNothing() {
        ResourceUsage usage = new ResourceUsage().add(Map.of("CPU", 4.0, "memory", 24_299_703_552.0,
                "accelerator_type:T4", 1.0, "node:10.0.0.1", 1.0), DebugState.UNKNOWN);
        assertEquals(List.of("0.0/4.0 CPU", "0B/22.63GiB memory"), usage.lines());
    }

    @Test
    void groupsAreFoldedIntoWhatTheyReserve() {
        Map<String, Double> total = Map.of("CPU", 4.0, "CPU_group_" + GROUP, 2.0, "CPU_group_0_" + GROUP, 2.0,
                "bundle_group_" + GROUP, 1000.0);
        Map<String, Double> available = Map.of("CPU", 1.0, "CPU_group_" + GROUP, 1.5, "CPU_group_0_" + GROUP, 1.5,
                "bundle_group_" + GROUP, 1000.0);
        ResourceUsage usage = new ResourceUsage().add(Map.of(), new DebugState(total, available));
        assertEquals(List.of("1.5/4.0 CPU (0.5 used of 2.0 reserved in placement groups)"), usage.lines());
        assertEquals(1, usage.plain().size());
    }

    @Test
    void nodesAddUp() {
        DebugState one = new DebugState(Map.of("CPU", 2.0), Map.of("CPU", 0.5));
        assertEquals(List.of("3.0/4.0 CPU"), new ResourceUsage().add(Map.of(), one).add(Map.of(), one).lines());
    }

    @ParameterizedTest
    @CsvSource({"0,0B", "17,17B", "1024,1.00KiB", "110725,108.13KiB", "300000000,286.10MiB", "1.1e12,1.00TiB"})
    void memoryIsHuman(double bytes, String text) {
        assertEquals(text, ResourceUsage.memory(bytes));
    }

    @Test
    void demandsReadLikePython() {
        assertEquals("{'CPU': 1.0, 'GPU': 8.0, 'x': 0.25}",
                ResourceDemands.python(Map.of("x", 0.25, "GPU", 8.0, "CPU", 1.0)));
    }
}
