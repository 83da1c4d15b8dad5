package io.rayhistory.adapters.http.json;

import io.rayhistory.domain.event.ProfileSpan;
import io.rayhistory.domain.event.TaskError;
import io.rayhistory.domain.event.TaskLogInfo;
import io.rayhistory.domain.event.TaskState;
import io.rayhistory.domain.event.TaskTransition;
import io.rayhistory.domain.event.TaskType;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

import static io.rayhistory.adapters.http.json.Json.quoted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class TaskJsonTest {
    private static final RowStyle BASIC = new RowStyle(false, true, false);
    private static final RowStyle DETAIL = new RowStyle(true, true, false);
    private static final String DEFAULT_CONFIG =
            "'runtime_env_config':{'setup_timeout_seconds':600,'eager_install':true,'log_files':[]}";

    private final TaskFixture task = new TaskFixture();

    @Test
    void basicRowHasTheBasicColumnsInOrderAndNullForTheUnknown() {
        assertEquals(quoted("{'task_id':'0021899358e75e3cffffffffffffffffffffffff02000000','attempt_number':0,"
                + "'name':'square','state':'FINISHED','job_id':'02000000','actor_id':null,'type':'NORMAL_TASK',"
                + "'func_or_class_name':'square','parent_task_id':'ffffffffffffffffffffffffffffffffffffffff02000000',"
                + "'node_id':null,'worker_id':null,'worker_pid':null,'error_type':null}"), write(BASIC));
    }

    @Test
    void detailContinuesTheBasicRowInRaysOrder() {
        task.requiredResources = Map.of("CPU", 1.0);
        task.transitions = List.of(new TaskTransition(TaskState.PENDING_ARGS_AVAIL, 1795378894534999999L));
        String basic = write(BASIC);
        String expected = basic.substring(0, basic.length() - 1) + quoted(",'language':'PYTHON',"
                + "'required_resources':{'CPU':1.0},'runtime_env_info':{'serialized_runtime_env':'{}'," + DEFAULT_CONFIG
                + "},'placement_group_id':null,"
                + "'events':[{'state':'PENDING_ARGS_AVAIL','created_ms':1795378894534.0}],'profiling_data':{},"
                + "'creation_time_ms':1795378894534.0,'start_time_ms':null,'end_time_ms':null,'task_log_info':null,"
                + "'error_message':null,'is_debugger_paused':null,'call_site':null,'label_selector':{},"
                + "'fallback_strategy':{'options':[]}}");
        assertEquals(expected, write(DETAIL));
    }

    @Test
    void sessionsOlderThanRay260HaveNoFallbackStrategy() {
        String old = write(new RowStyle(true, false, false));
        assertTrue(old.endsWith(quoted("'label_selector':{}}")), old);
    }

    @Test
    void driverShowsItsRuntimeEnvAloneAndNoFallbackStrategy() {
        task.type = TaskType.DRIVER_TASK;
        task.serializedRuntimeEnv = "";
        String row = write(DETAIL);
        assertTrue(row.contains(quoted("'runtime_env_info':{'serialized_runtime_env':''},")), row);
        assertTrue(row.endsWith(quoted("'fallback_strategy':null}")), row);
    }

    @Test
    void errorShowsOnlyOnFailedAttemptsAndWithoutColours() {
        task.error = new TaskError("TASK_EXECUTION_EXCEPTION", "\u001b[36mray::f()\u001b[39m failed");
        assertTrue(write(DETAIL).contains(quoted("'error_message':null")));
        assertTrue(write(DETAIL).contains(quoted("'error_type':null")));
        task.transitions = List.of(new TaskTransition(TaskState.FAILED, 9_000_000));
        assertTrue(write(DETAIL).contains(quoted("'error_type':'TASK_EXECUTION_EXCEPTION'")));
        assertTrue(write(DETAIL).contains(quoted("'error_message':'ray::f() failed'")));
    }

    @Test
    void emptyErrorMessageOfAnErrorStaysEmpty() {
        task.transitions = List.of(new TaskTransition(TaskState.FAILED, 9_000_000));
        task.error = new TaskError("WORKER_DIED", "");
        assertTrue(write(DETAIL).contains(quoted("'error_message':''")));
    }

    @Test
    void logInfoShowsOnlyTheMembersThatWereSent() {
        task.logInfo = new TaskLogInfo("/x/logs/worker.out", "", 0, TaskLogInfo.ABSENT, 35, TaskLogInfo.ABSENT);
        assertTrue(write(DETAIL).contains(quoted(
                "'task_log_info':{'stdout_file':'/x/logs/worker.out','stdout_start':0,'stderr_start':35}")));
    }

    @Test
    void profileKeepsFractionsOfMillisecondsAndParsesExtraData() {
        task.spans = List.of(
                new ProfileSpan("task:execute", 1795378899380541748L, 1795378899381352017L, ""),
                new ProfileSpan("task:f", 1795378899380541748L, 1795378899381352017L, "{\"name\": \"__main__.f\"}"),
                new ProfileSpan("odd", 0, 1_000_000, "no json"));
        assertTrue(write(DETAIL).contains(quoted("'profiling_data':{'component_type':'worker','component_id':'ab',"
                + "'node_ip_address':'10.0.0.2','events':[{'start_time':0.0,'end_time':1.0,'extra_data':{'raw':'no json'},"
                + "'event_name':'odd'},{'start_time':1795378899380.5417,'end_time':1795378899381.352,"
                + "'extra_data':{},'event_name':'task:execute'},{'start_time':1795378899380.5417,"
                + "'end_time':1795378899381.352,'extra_data':{'name':'__main__.f'},'event_name':'task:f'}]}")),
                write(DETAIL));
    }

    @Test
    void runtimeEnvConfigAndUrisAreReadFromTheSerializedText() {
        task.serializedRuntimeEnv = quoted("{'working_dir':'gcs://a.zip','py_modules':['gcs://b.zip'],"
                + "'config':{'setup_timeout_seconds':10,'eager_install':false,'log_files':['x.log'],'new':{'a':1}}}");
        assertTrue(write(DETAIL).contains(quoted("'uris':{'working_dir_uri':'gcs://a.zip',"
                + "'py_modules_uris':['gcs://b.zip']},'runtime_env_config':{'setup_timeout_seconds':10,"
                + "'eager_install':false,'log_files':['x.log']}}")), write(DETAIL));
    }

    @Test
    void unreadableRuntimeEnvKeepsTheDefaults() {
        task.serializedRuntimeEnv = "{\"config\": {\"setup_timeout_seconds\": 10";
        assertTrue(write(DETAIL).contains(quoted(DEFAULT_CONFIG)), write(DETAIL));
        task.serializedRuntimeEnv = "[\"config\"]";
        assertTrue(write(DETAIL).contains(quoted(DEFAULT_CONFIG)), write(DETAIL));
    }

    @Test
    void redactionHidesEnvironmentVariables() {
        task.serializedRuntimeEnv = "{\"env_vars\": {\"TOKEN\": \"s3cret\"}}";
        assertTrue(write(DETAIL).contains("s3cret"));
        String redacted = write(new RowStyle(true, true, true));
        assertFalse(redacted.contains("s3cret"), redacted);
        assertTrue(redacted.contains("TOKEN"), redacted);
    }

    @Test
    void explicitFalseOfTheDebuggerShows() {
        task.debuggerPaused = false;
        assertTrue(write(DETAIL).contains(quoted("'is_debugger_paused':false")));
    }

    @Test
    void rayVersionDecidesAboutTheColumnsOf260() {
        for (String newer : List.of("2.60.0", "2.61.1", "3.0.0.dev0", "", "nightly", "2.100")) {
            assertTrue(RowStyle.isRay260(newer), newer);
        }
        for (String older : List.of("2.53.0", "2.9.3", "1.13.0", "2.59.0rc1")) {
            assertFalse(RowStyle.isRay260(older), older);
        }
    }

    private String write(RowStyle style) {
        return Json.of(out -> new TaskJson(style).write(out, task.task()));
    }
}
