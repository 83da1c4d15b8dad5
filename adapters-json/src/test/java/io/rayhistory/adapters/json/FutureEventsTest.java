package io.rayhistory.adapters.json;

import io.rayhistory.domain.event.BundleSpec;
import io.rayhistory.domain.event.EventEnvelope;
import io.rayhistory.domain.event.PlacementGroupDefinitionEvent;
import io.rayhistory.domain.event.PlacementGroupLifecycleEvent;
import io.rayhistory.domain.event.PlacementGroupTransition;
import io.rayhistory.domain.event.PlatformEvent;
import io.rayhistory.domain.event.SubmissionJobDefinitionEvent;
import io.rayhistory.domain.event.SubmissionJobLifecycleEvent;
import io.rayhistory.domain.event.SubmissionJobTransition;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import static io.rayhistory.adapters.json.TaskEventsTest.payload;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** Types that Ray 2.60 defines but does not send by default. */
class FutureEventsTest {
    private static final EventEnvelope NO_ENVELOPE = new EventEnvelope("", "", 0, "", "", "", "");
    private static final String NODE64 = "3MUkqGMR9te4KXDJfBA4jWyeokeEHZVQep+6ng==";
    private static final String NODE = "dcc524a86311f6d7b82970c97c10388d6c9ea247841d95507a9fba9e";
    private static final String GROUP = "135e95d4188975a3935d21fa18c502000000";
    private static final String ACTOR = "1736a4a302ad56be3f07b06702000000";

    @Test
    void placementGroupDefinition() {
        assertEquals(new PlacementGroupDefinitionEvent(NO_ENVELOPE, GROUP, "pg1", "demo", "STRICT_PACK", true, "02000000",
                ACTOR, List.of(new BundleSpec(0, Map.of("CPU", 0.5), Map.of("aB", "c")), new BundleSpec(1, Map.of(), Map.of())),
                NODE, 1795378907464667126L),
                CollectingSink.only(payload("PLACEMENT_GROUP_DEFINITION_EVENT", "placementGroupDefinitionEvent",
                "{\"placementGroupId\":\"" + GROUP + "\",\"name\":\"pg1\",\"rayNamespace\":\"demo\",\"strategy\":2,"
                + "\"isDetached\":true,\"creatorJobId\":\"AgAAAA==\",\"creatorActorId\":\"" + ACTOR + "\",\"bundles\":["
                + "{\"bundleIndex\":0,\"unitResources\":{\"CPU\":0.5},\"labelSelector\":{\"aB\":\"c\"}},{\"bundleIndex\":1}],"
                + "\"softTargetNodeId\":\"" + NODE64 + "\",\"creationRequestReceivedNs\":\"1795378907464667126\"}")));
    }

    @Test
    void placementGroupLifecycle() {
        assertEquals(new PlacementGroupLifecycleEvent(NO_ENVELOPE, GROUP, List.of(
                new PlacementGroupTransition("CREATED", 1, "FINISHED", 2, 1.5, Map.of(0, NODE, 1, NODE)),
                new PlacementGroupTransition("REMOVED", 2, "SCHEDULING_REMOVED", 0, Double.POSITIVE_INFINITY, Map.of()))),
                CollectingSink.only(payload("PLACEMENT_GROUP_LIFECYCLE_EVENT", "placementGroupLifecycleEvent",
                "{\"placementGroupId\":\"" + GROUP + "\",\"stateTransitions\":[{\"state\":2,\"timestamp\":"
                + "\"1970-01-01T00:00:00.000000001Z\",\"schedulingState\":\"FINISHED\",\"schedulingAttempt\":2,"
                + "\"highestRetryDelayMs\":1.5,\"bundlePlacements\":[{\"bundleIndex\":0,\"nodeId\":\"" + NODE64
                + "\"},{\"bundleIndex\":1,\"nodeId\":\"" + NODE64 + "\"}]},{\"state\":\"REMOVED\",\"timestamp\":"
                + "\"1970-01-01T00:00:00.000000002Z\",\"schedulingState\":1,\"highestRetryDelayMs\":\"Infinity\"}]}")));
    }

    @Test
    void submissionJobs() {
        assertEquals(new SubmissionJobDefinitionEvent(NO_ENVELOPE, "raysubmit_1", "python a.py", "{}", Map.of("kEy", "v")),
                CollectingSink.only(payload("SUBMISSION_JOB_DEFINITION_EVENT", "submissionJobDefinitionEvent",
                "{\"submissionId\":\"raysubmit_1\",\"entrypoint\":\"python a.py\",\"config\":{\"serializedRuntimeEnv\":"
                + "\"{}\",\"metadata\":{\"kEy\":\"v\"}},\"entrypointResources\":{\"numCpus\":1.0,\"memory\":\"0\"}}")));
        assertEquals(new SubmissionJobLifecycleEvent(NO_ENVELOPE, "raysubmit_1", List.of(
                new SubmissionJobTransition("FAILED", 1, "boom", "JOB_ENTRYPOINT_COMMAND_ERROR", NODE, "http://192.0.2.2:52365", 3),
                new SubmissionJobTransition("PENDING", 0, "", "", "", "", null))),
                CollectingSink.only(payload("SUBMISSION_JOB_LIFECYCLE_EVENT", "submissionJobLifecycleEvent",
                "{\"submissionId\":\"raysubmit_1\",\"stateTransitions\":[{\"state\":5,\"timestamp\":"
                + "\"1970-01-01T00:00:00.000000001Z\",\"message\":\"boom\",\"errorType\":\"JOB_ENTRYPOINT_COMMAND_ERROR\","
                + "\"driverNodeId\":\"" + NODE64 + "\",\"driverAgentHttpAddress\":\"http://192.0.2.2:52365\","
                + "\"driverExitCode\":3},{\"state\":\"PENDING\"}]}")));
    }

    @Test
    void platformEventKeepsItsPayloadAndNamesItselfByAKubernetesUid() {
        String uid = "3f2c1e00-1111-4a4a-8b8b-0123456789ab";
        String id = Base64.getEncoder().encodeToString(uid.getBytes(StandardCharsets.US_ASCII));
        PlatformEvent event = (PlatformEvent) CollectingSink.only("{\"eventId\":\"" + id + "\",\"sourceType\":"
                + "\"CLUSTER_LIFECYCLE\",\"eventType\":\"PLATFORM_EVENT\",\"severity\":\"WARNING\",\"message\":\"Back-off\","
                + "\"platformEvent\":{\"source\":{\"platform\":\"KUBERNETES\",\"component\":\"kubelet\",\"metadata\":"
                + "{\"rayCluster\":\"demo\"}},\"objectKind\":\"Pod\",\"objectName\":\"w-0\",\"reason\":\"BackOff\","
                + "\"customFields\":{\"count\":\"7\",\"lastSeen\":\"x\"}}}");
        assertEquals(new EventEnvelope(uid, "CLUSTER_LIFECYCLE", 0, "WARNING", "", "", "Back-off"), event.envelope());
        assertEquals(7, event.count());
        assertEquals(Map.of("source", Map.of("platform", "KUBERNETES", "component", "kubelet", "metadata",
                Map.of("rayCluster", "demo")), "object_kind", "Pod", "object_name", "w-0", "reason", "BackOff",
                "custom_fields", Map.of("count", "7", "lastSeen", "x")), event.payload());
    }
}
