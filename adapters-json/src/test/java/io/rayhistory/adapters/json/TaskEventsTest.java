package io.rayhistory.adapters.json;

import io.rayhistory.domain.event.ActorTaskDefinitionEvent;
import io.rayhistory.domain.event.EventEnvelope;
import io.rayhistory.domain.event.FunctionDescriptor;
import io.rayhistory.domain.event.ProfileSpan;
import io.rayhistory.domain.event.TaskDefinition;
import io.rayhistory.domain.event.TaskDefinitionEvent;
import io.rayhistory.domain.event.TaskError;
import io.rayhistory.domain.event.TaskLifecycleEvent;
import io.rayhistory.domain.event.TaskLogInfo;
import io.rayhistory.domain.event.TaskProfileEvent;
import io.rayhistory.domain.event.TaskState;
import io.rayhistory.domain.event.TaskTransition;
import io.rayhistory.domain.event.TaskType;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

class TaskEventsTest {
    private static final String TASK = "1f3c75c31571639fffffffffffffffffffffffff04000000";
    private static final String DRIVER = "ffffffffffffffffffffffffffffffffffffffff04000000";
    private static final EventEnvelope NO_ENVELOPE = new EventEnvelope("", "", 0, "", "", "", "");

    static String payload(String type, String key, String payload) {
        return "{\"eventType\":\"" + type + "\",\"" + key + "\":" + payload + "}";
    }

    private static TaskLifecycleEvent lifecycle(String payload) {
        return (TaskLifecycleEvent) CollectingSink.only(payload("TASK_LIFECYCLE_EVENT", "taskLifecycleEvent", payload));
    }

    @Test
    void envelopeIsReadWhereverItsMembersStand() {
        String event = """
                {"taskLifecycleEvent":{"taskId":"%s"},
                "eventId":"YOUMNuzKyhf7+Rv21HLKNPzv9nBo9ecDq7P01Q==","sourceType":"CORE_WORKER",
                "timestamp":"2026-11-22T19:32:40.264117704Z","severity":"INFO","message":"hello",
                "sessionName":"session_2026-11-22_19-32-05_016858_13672",
                "nodeId":"jbhjEso2J6aS7ztJqSd7rfDuOLVsTIxyHF6ihg==","eventType":"TASK_LIFECYCLE_EVENT"}
                """.formatted("Hzx1wxVxY5////////////////8EAAAA").replace("\n", " ");
        assertEquals(new EventEnvelope("60e50c36eccaca17fbf91bf6d472ca34fceff67068f5e703abb3f4d5", "CORE_WORKER",
                1795375960264117704L, "INFO", "session_2026-11-22_19-32-05_016858_13672",
                "8db86312ca3627a692ef3b49a9277badf0ee38b56c4c8c721c5ea286", "hello"),
                CollectingSink.only(event).envelope());
        assertEquals(TASK, ((TaskLifecycleEvent) CollectingSink.only(event)).taskId());
    }

    @Test
    void taskDefinitionTellsEverythingTheOwnerSaid() {
        String json = """
                {"taskId":"%s","taskFunc":{"pythonFunctionDescriptor":{"moduleName":"work2","functionName":"t",
                "functionHash":"4542","className":""}},"taskName":"t","requiredResources":{"CPU":0.2,"my_Res":1},
                "jobId":"BAAAAA==","parentTaskId":"//////////////////////////8EAAAA",
                "placementGroupId":"////////////////////////","serializedRuntimeEnv":"{}","taskAttempt":2,
                "taskType":"NORMAL_TASK","language":"PYTHON","refIds":{"a":"AAAA"},"labelSelector":{"ray.io/zone":"in(a)"},
                "callSite":"work2.py:3","isDetachedActor":true,"fallbackStrategy":{"options":[{"labelSelector":
                {"labelConstraints":[{"labelKey":"dataCenter","operator":"LABEL_OPERATOR_IN","labelValues":["xY"]}]}}]}}
                """.formatted(TASK).replace("\n", " ");
        TaskDefinition expected = new TaskDefinition(TASK, 2, TaskType.NORMAL_TASK, "PYTHON",
                new FunctionDescriptor("PYTHON", "", "t"), "t", "", "04000000", DRIVER, "f".repeat(36),
                Map.of("CPU", 0.2, "my_Res", 1.0), "{}", "work2.py:3", Map.of("ray.io/zone", "in(a)"),
                "{\"options\":[{\"label_selector\":{\"label_constraints\":[{\"label_key\":\"dataCenter\","
                        + "\"operator\":\"LABEL_OPERATOR_IN\",\"label_values\":[\"xY\"]}]}}]}", true);
        assertEquals(new TaskDefinitionEvent(NO_ENVELOPE, expected),
                CollectingSink.only(payload("TASK_DEFINITION_EVENT", "taskDefinitionEvent", json)));
    }

    @Test
    void actorTaskDefinitionHasOtherNamesForTheSame() {
        String json = "{\"taskId\":\"2M7Angd5VvJyiy4KXtZCg2An9TgCAAAA\",\"actorFunc\":{\"pythonFunctionDescriptor\":"
                + "{\"className\":\"AsyncA\",\"functionName\":\"f\"}},\"actorTaskName\":\"AsyncA.f\","
                + "\"actorId\":\"cosuCl7WQoNgJ/U4AgAAAA==\",\"jobId\":\"AgAAAA==\"}";
        TaskDefinition task = ((ActorTaskDefinitionEvent) CollectingSink.only(
                payload("ACTOR_TASK_DEFINITION_EVENT", "actorTaskDefinitionEvent", json))).task();
        assertEquals(TaskType.ACTOR_TASK, task.type());
        assertEquals("AsyncA.f", task.name());
        assertEquals("AsyncA.f", task.function().callName());
        assertEquals("728b2e0a5ed642836027f53802000000", task.actorId());
        assertEquals("d8cec09e077956f2728b2e0a5ed642836027f53802000000", task.taskId());
    }

    @Test
    void descriptorsOfOtherLanguagesAreKept() {
        assertEquals(new FunctionDescriptor("JAVA", "com.example.App", "run"), function(
                "{\"javaFunctionDescriptor\":{\"className\":\"com.example.App\",\"functionName\":\"run\",\"signature\":\"()V\"}}"));
        assertEquals(new FunctionDescriptor("CPP", "", "Plus"), function(
                "{\"cppFunctionDescriptor\":{\"functionName\":\"Plus\",\"caller\":\"\",\"className\":\"\"}}"));
        assertEquals(FunctionDescriptor.NONE, function("{}"));
        assertEquals(FunctionDescriptor.NONE, function("null"));
    }

    private static FunctionDescriptor function(String json) {
        String task = "{\"taskId\":\"" + TASK + "\",\"taskFunc\":" + json + "}";
        return ((TaskDefinitionEvent) CollectingSink.only(
                payload("TASK_DEFINITION_EVENT", "taskDefinitionEvent", task))).task().function();
    }

    @Test
    void typeIsToldByTheIdWhenItsNameIsMissingOrUnknown() {
        assertEquals(TaskType.DRIVER_TASK, type(DRIVER, ""));
        assertEquals(TaskType.NORMAL_TASK, type(TASK, ",\"taskType\":\"NEW_TASK\""));
        assertEquals(TaskType.ACTOR_CREATION_TASK, type("f".repeat(16) + "0cb5264193625c4339e0748c02000000", ""));
        assertEquals(TaskType.ACTOR_CREATION_TASK, type(TASK, ",\"taskType\":1"));
    }

    private static TaskType type(String id, String more) {
        return ((TaskDefinitionEvent) CollectingSink.only(payload("TASK_DEFINITION_EVENT", "taskDefinitionEvent",
                "{\"taskId\":\"" + id + "\"" + more + "}"))).task().type();
    }

    @Test
    void ownerSaysWhereTheTaskWasSent() {
        TaskLifecycleEvent event = lifecycle("{\"taskId\":\"" + TASK + "\",\"stateTransitions\":[{\"state\":"
                + "\"SUBMITTED_TO_WORKER\",\"timestamp\":\"2026-11-22T19:32:40.712446994Z\"}],"
                + "\"nodeId\":\"3MUkqGMR9te4KXDJfBA4jWyeokeEHZVQep+6ng==\","
                + "\"workerId\":\"AwAAAP///////////////////////////////w==\",\"jobId\":\"BAAAAA==\",\"taskAttempt\":0,\"workerPid\":0}");
        assertEquals(new TaskLifecycleEvent(NO_ENVELOPE, TASK, 0, "04000000",
                List.of(new TaskTransition(TaskState.SUBMITTED_TO_WORKER, 1795375960712446994L)),
                "dcc524a86311f6d7b82970c97c10388d6c9ea247841d95507a9fba9e", "03000000" + "f".repeat(48), 0, null, null,
                "", null), event);
    }

    @Test
    void executorSaysPidPauseReprAndLogs() {
        TaskLifecycleEvent event = lifecycle("{\"taskId\":\"" + TASK + "\",\"workerPid\":15086,\"isDebuggerPaused\":false,"
                + "\"actorReprName\":\"Me()\",\"stateTransitions\":[],\"taskLogInfo\":{\"stdoutFile\":\"/x/worker.out\","
                + "\"stdoutStart\":\"251\",\"stderrEnd\":7,\"stderrStart\":null}}");
        assertEquals(15086, event.workerPid());
        assertEquals(Boolean.FALSE, event.debuggerPaused());
        assertEquals("Me()", event.actorReprName());
        assertEquals(new TaskLogInfo("/x/worker.out", "", 251, TaskLogInfo.ABSENT, TaskLogInfo.ABSENT, 7), event.logInfo());
        assertEquals(List.of(), event.transitions());
    }

    @Test
    void whatALifecycleEventDoesNotSayIsAbsent() {
        TaskLifecycleEvent event = lifecycle("{\"taskId\":\"" + TASK + "\",\"rayErrorInfo\":null,\"taskLogInfo\":null,"
                + "\"isDebuggerPaused\":null,\"stateTransitions\":null,\"jobId\":\"\"}");
        assertNull(event.error());
        assertNull(event.logInfo());
        assertNull(event.debuggerPaused());
        assertEquals("", event.jobId());
    }

    @Test
    void errorsAreNamedAndTheDefaultIsWorkerDied() {
        assertEquals(new TaskError("NODE_DIED", "gone"), error("{\"errorType\":\"NODE_DIED\",\"errorMessage\":\"gone\"}"));
        assertEquals(new TaskError("WORKER_DIED", "x"), error("{\"errorMessage\":\"x\"}"));
        assertEquals(new TaskError("TASK_EXECUTION_EXCEPTION", ""), error("{\"errorType\":3}"));
        assertEquals(new TaskError("OUT_OF_MEMORY", ""), error("{\"errorType\":\"22\"}"));
        assertEquals(new TaskError("BRAND_NEW", ""), error("{\"errorType\":\"BRAND_NEW\"}"));
        assertEquals(new TaskError("999", ""), error("{\"errorType\":999}"));
    }

    private static TaskError error(String json) {
        return lifecycle("{\"taskId\":\"" + TASK + "\",\"rayErrorInfo\":" + json + "}").error();
    }

    @Test
    void statesMayBeNumbersAndUnknownOnesAreLeftOut() {
        TaskLifecycleEvent event = lifecycle("{\"taskId\":\"" + TASK + "\",\"stateTransitions\":["
                + "{\"state\":8,\"timestamp\":\"1970-01-01T00:00:01Z\"},null,{\"state\":\"RESTING\"},{\"state\":\"11\"},{}]}");
        assertEquals(List.of(new TaskTransition(TaskState.RUNNING, 1_000_000_000L),
                new TaskTransition(TaskState.FINISHED, 0), new TaskTransition(TaskState.NIL, 0)), event.transitions());
    }

    @Test
    void taskExecutionEventOfOldRaysIsALifecycle() {
        String old = payload("TASK_EXECUTION_EVENT", "taskExecutionEvent", "{\"taskId\":\"" + TASK
                + "\",\"taskAttempt\":1,\"taskState\":{\"8\":\"1970-01-01T00:00:02Z\",\"11\":\"1970-01-01T00:00:03.5Z\"}}");
        TaskLifecycleEvent event = (TaskLifecycleEvent) CollectingSink.only(old);
        assertEquals(List.of(new TaskTransition(TaskState.RUNNING, 2_000_000_000L),
                new TaskTransition(TaskState.FINISHED, 3_500_000_000L)), event.transitions());
        assertEquals(1, event.attempt());
    }

    @Test
    void profileHoldsSpansInNanoseconds() {
        String json = "{\"taskId\":\"" + TASK + "\",\"jobId\":\"BAAAAA==\",\"attemptNumber\":3,\"profileEvents\":{"
                + "\"componentType\":\"worker\",\"componentId\":\"AwAAAP///////////////////////////////w==\","
                + "\"nodeIpAddress\":\"192.0.2.2\",\"events\":[{\"startTime\":\"1795375969750103426\","
                + "\"endTime\":1795375969750229384,\"extraData\":\"{\\\"name\\\": \\\"t\\\"}\",\"eventName\":\"task::t\"}]}}";
        assertEquals(new TaskProfileEvent(NO_ENVELOPE, TASK, 3, "04000000", "worker", "03000000" + "f".repeat(48),
                "192.0.2.2", List.of(new ProfileSpan("task::t", 1795375969750103426L, 1795375969750229384L,
                "{\"name\": \"t\"}"))), CollectingSink.only(payload("TASK_PROFILE_EVENT", "taskProfileEvents", json)));
    }
}
