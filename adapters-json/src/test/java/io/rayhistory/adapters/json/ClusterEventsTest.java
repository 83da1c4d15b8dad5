package io.rayhistory.adapters.json;

import io.rayhistory.domain.event.ActorDeathCause;
import io.rayhistory.domain.event.ActorDefinitionEvent;
import io.rayhistory.domain.event.ActorLifecycleEvent;
import io.rayhistory.domain.event.ActorState;
import io.rayhistory.domain.event.ActorTransition;
import io.rayhistory.domain.event.DriverJobDefinitionEvent;
import io.rayhistory.domain.event.DriverJobLifecycleEvent;
import io.rayhistory.domain.event.EventEnvelope;
import io.rayhistory.domain.event.NodeDefinitionEvent;
import io.rayhistory.domain.event.NodeLifecycleEvent;
import io.rayhistory.domain.event.NodeTransition;
import io.rayhistory.domain.event.StateTransition;
import io.rayhistory.domain.event.WorkerDefinitionEvent;
import io.rayhistory.domain.event.WorkerLifecycleEvent;
import io.rayhistory.domain.event.WorkerTransition;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static io.rayhistory.adapters.json.TaskEventsTest.payload;
import static org.junit.jupiter.api.Assertions.assertEquals;

class ClusterEventsTest {
    private static final EventEnvelope NO_ENVELOPE = new EventEnvelope("", "", 0, "", "", "", "");
    private static final String NODE64 = "3MUkqGMR9te4KXDJfBA4jWyeokeEHZVQep+6ng==";
    private static final String NODE = "dcc524a86311f6d7b82970c97c10388d6c9ea247841d95507a9fba9e";
    private static final String ACTOR64 = "FzakowKtVr4/B7BnAgAAAA==";
    private static final String ACTOR = "1736a4a302ad56be3f07b06702000000";
    private static final String WORKER64 = "AwAAAP///////////////////////////////w==";
    private static final String WORKER = "03000000" + "f".repeat(48);

    @Test
    void driverJobs() {
        assertEquals(new DriverJobDefinitionEvent(NO_ENVELOPE, "04000000", 15048, NODE, "python work2.py", "{}",
                Map.of("job_submission_id", "raysubmit_demo60", "teamName", "obs")),
                CollectingSink.only(payload("DRIVER_JOB_DEFINITION_EVENT", "driverJobDefinitionEvent",
                "{\"jobId\":\"BAAAAA==\",\"driverPid\":\"15048\",\"driverNodeId\":\"" + NODE64 + "\",\"entrypoint\":"
                + "\"python work2.py\",\"config\":{\"serializedRuntimeEnv\":\"{}\",\"metadata\":{\"job_submission_id\":"
                + "\"raysubmit_demo60\",\"teamName\":\"obs\"}}}")));
        assertEquals(new DriverJobLifecycleEvent(NO_ENVELOPE, "02000000", List.of(new StateTransition("FINISHED", 1_000_000_000L),
                new StateTransition("CREATED", 1), new StateTransition("PAUSED", 0))),
                CollectingSink.only(payload("DRIVER_JOB_LIFECYCLE_EVENT", "driverJobLifecycleEvent",
                "{\"jobId\":\"AgAAAA==\",\"stateTransitions\":[{\"state\":\"FINISHED\",\"timestamp\":\"1970-01-01T00:00:01Z\"},"
                + "{\"state\":1,\"timestamp\":\"1970-01-01T00:00:00.000000001Z\"},{\"state\":\"PAUSED\"}]}")));
    }

    @Test
    void nodes() {
        assertEquals(new NodeDefinitionEvent(NO_ENVELOPE, NODE, "192.0.2.2", Map.of("ray.io/node-id", NODE, "aB", "c"),
                1_500_000_000L, "vm", "head", "i-1", "m5"),
                CollectingSink.only(payload("NODE_DEFINITION_EVENT", "nodeDefinitionEvent", "{\"nodeId\":\"" + NODE64
                + "\",\"nodeIpAddress\":\"192.0.2.2\",\"labels\":{\"ray.io/node-id\":\"" + NODE + "\",\"aB\":\"c\"},"
                + "\"startTimestamp\":\"1970-01-01T00:00:01.500Z\",\"hostname\":\"vm\",\"nodeName\":\"head\","
                + "\"instanceId\":\"i-1\",\"instanceTypeName\":\"m5\"}")));
        assertEquals(new NodeLifecycleEvent(NO_ENVELOPE, NODE, List.of(
                new NodeTransition("ALIVE", 1, Map.of("CPU", 4.0, "node:__internal_head__", 1.0), "", "", "DRAINING"),
                new NodeTransition("DEAD", 2, Map.of(), "UNEXPECTED_TERMINATION", "gone", "UNSPECIFIED"))),
                CollectingSink.only(payload("NODE_LIFECYCLE_EVENT", "nodeLifecycleEvent", "{\"nodeId\":\"" + NODE64
                + "\",\"stateTransitions\":[{\"state\":0,\"timestamp\":\"1970-01-01T00:00:00.000000001Z\",\"resources\":"
                + "{\"CPU\":4,\"node:__internal_head__\":\"1\"},\"aliveSubState\":1},{\"state\":\"DEAD\",\"resources\":{},"
                + "\"timestamp\":\"1970-01-01T00:00:00.000000002Z\",\"deathInfo\":{\"reason\":2,\"reasonMessage\":\"gone\"},"
                + "\"aliveSubState\":\"UNSPECIFIED\"}]}")));
    }

    @Test
    void workersWithAnUnknownLaunchTime() {
        assertEquals(new WorkerDefinitionEvent(NO_ENVELOPE, WORKER, NODE, "SPILL_WORKER", 77),
                CollectingSink.only(payload("WORKER_DEFINITION_EVENT", "workerDefinitionEvent", "{\"workerId\":\""
                + WORKER64 + "\",\"nodeId\":\"" + NODE64 + "\",\"workerType\":2,\"pid\":77}")));
        assertEquals(new WorkerLifecycleEvent(NO_ENVELOPE, WORKER, "", List.of(
                new WorkerTransition("DEAD", 1, -1, -1, 0, 1795375979555L, "INTENDED_USER_EXIT", "bye"))),
                CollectingSink.only(payload("WORKER_LIFECYCLE_EVENT", "workerLifecycleEvent", "{\"workerId\":\""
                + WORKER64 + "\",\"jobId\":\"\",\"stateTransitions\":[{\"state\":\"DEAD\",\"timestamp\":"
                + "\"1970-01-01T00:00:00.000000001Z\",\"endTimeMs\":\"1795375979555\",\"workerLaunchTimeMs\":"
                + "\"18446744073709551615\",\"workerLaunchedTimeMs\":18446744073709551615,\"startTimeMs\":\"0\","
                + "\"deathInfo\":{\"exitType\":3,\"exitDetail\":\"bye\",\"memoryUsedBytes\":\"9\"}}]}")));
    }

    @Test
    void actorDefinition() {
        assertEquals(new ActorDefinitionEvent(NO_ENVELOPE, ACTOR, "02000000", true, "counter", "demo", "{}", "Counter",
                Map.of("CPU", 1.0), "", Map.of(), "a.py:1", "f".repeat(40) + "02000000"),
                CollectingSink.only(payload("ACTOR_DEFINITION_EVENT", "actorDefinitionEvent", "{\"actorId\":\"" + ACTOR64
                + "\",\"jobId\":\"AgAAAA==\",\"isDetached\":true,\"name\":\"counter\",\"rayNamespace\":\"demo\","
                + "\"serializedRuntimeEnv\":\"{}\",\"className\":\"Counter\",\"requiredResources\":{\"CPU\":1.0},"
                + "\"placementGroupId\":\"\",\"labelSelector\":{},\"callSite\":\"a.py:1\","
                + "\"parentId\":\"//////////////////////////8CAAAA\",\"refIds\":{}}")));
    }

    @Test
    void actorTransitions() {
        ActorLifecycleEvent event = actor("{\"state\":\"ALIVE\",\"timestamp\":\"1970-01-01T00:00:00.000000001Z\",\"nodeId\":\""
                + NODE64 + "\",\"workerId\":\"" + WORKER64 + "\",\"pid\":16290,\"port\":16135,\"reprName\":\"R\","
                + "\"restartReason\":\"ACTOR_FAILURE\"},{\"state\":3,\"restartReason\":2},{\"state\":\"ZOMBIE\"}");
        assertEquals(List.of(
                new ActorTransition(ActorState.ALIVE, 1, NODE, WORKER, "R", null, 16290, 16135, "ACTOR_FAILURE"),
                new ActorTransition(ActorState.RESTARTING, 0, "", "", "", null, 0, 0, "NODE_PREEMPTION")),
                event.transitions());
    }

    @Test
    void deathCauseHasSnakeCaseKeysHexIdsAndTheProtocolsOrder() {
        ActorDeathCause cause = actor("{\"state\":\"DEAD\",\"deathCause\":{\"actorDiedErrorContext\":{\"actorId\":\"" + ACTOR64
                + "\",\"className\":\"C\",\"errorMessage\":\"killed\",\"name\":\"\",\"neverStarted\":false,\"newField\":[1],"
                + "\"nodeDeathInfo\":{\"reason\":2,\"reasonMessage\":\"m\"},\"nodeIpAddress\":\"192.0.2.2\",\"ownerId\":\""
                + WORKER64 + "\",\"ownerIpAddress\":\"192.0.2.3\",\"pid\":7,\"rayNamespace\":\"demo\",\"reason\":4}}}")
                .transitions().get(0).deathCause();
        assertEquals("actor_died_error_context", cause.kind());
        assertEquals(List.of("error_message", "owner_id", "owner_ip_address", "node_ip_address", "pid", "name",
                "ray_namespace", "class_name", "actor_id", "never_started", "node_death_info", "reason", "new_field"),
                new ArrayList<>(cause.fields().keySet()));
        assertEquals(Map.ofEntries(Map.entry("error_message", "killed"), Map.entry("owner_id", WORKER),
                Map.entry("owner_ip_address", "192.0.2.3"), Map.entry("node_ip_address", "192.0.2.2"),
                Map.entry("pid", 7L), Map.entry("name", ""), Map.entry("ray_namespace", "demo"),
                Map.entry("class_name", "C"), Map.entry("actor_id", ACTOR), Map.entry("never_started", false),
                Map.entry("node_death_info", Map.of("reason", "UNEXPECTED_TERMINATION", "reason_message", "m")),
                Map.entry("reason", "RAY_KILL"), Map.entry("new_field", List.of(1L))), cause.fields());
    }

    @Test
    void serializedExceptionStaysBase64() {
        ActorDeathCause cause = actor("{\"state\":\"DEAD\",\"deathCause\":{\"creationTaskFailureContext\":"
                + "{\"formattedExceptionString\":\"Traceback\",\"language\":\"PYTHON\",\"serializedException\":\"gAWVqgYA+/==\"}}}")
                .transitions().get(0).deathCause();
        assertEquals("creation_task_failure_context", cause.kind());
        assertEquals(Map.of("language", "PYTHON", "serialized_exception", "gAWVqgYA+/==",
                "formatted_exception_string", "Traceback"), cause.fields());
    }

    private static ActorLifecycleEvent actor(String transitions) {
        return (ActorLifecycleEvent) CollectingSink.only(payload("ACTOR_LIFECYCLE_EVENT", "actorLifecycleEvent",
                "{\"actorId\":\"" + ACTOR64 + "\",\"stateTransitions\":[" + transitions + "]}"));
    }
}
