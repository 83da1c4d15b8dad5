package io.rayhistory.adapters.http.json;

import io.rayhistory.domain.event.ActorDeathCause;
import io.rayhistory.domain.event.ActorState;
import io.rayhistory.domain.history.Actor;
import io.rayhistory.domain.history.Job;
import io.rayhistory.domain.history.LogEvent;
import io.rayhistory.domain.history.Node;
import io.rayhistory.domain.history.PlacementGroup;
import io.rayhistory.domain.history.Provenance;
import io.rayhistory.domain.history.Worker;
import org.junit.jupiter.api.Test;

import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static io.rayhistory.adapters.http.json.Json.quoted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Rows as a live dashboard of Ray 2.60 sent them. */
class StateRowsTest {
    private static final RowStyle BASIC = new RowStyle(false, true, false);
    private static final RowStyle DETAIL = new RowStyle(true, true, false);

    @Test
    void actorThatDied() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("error_message", "gone");
        fields.put("pid", 12L);
        fields.put("never_started", false);
        fields.put("node_death_info", Map.of("reason", "UNEXPECTED_TERMINATION"));
        Actor actor = new Actor("a1", "02000000", "", "Broken", ActorState.DEAD, "n1", "w1", "10.0.0.2", 20805, 1, "demo",
                "{}", Map.of("CPU", 0.5), new ActorDeathCause("actor_died_error_context", fields), false, "", "", 2, 1, 0,
                "", Map.of(), 0, 0, 0, List.of(), Provenance.RECORDED);
        String basic = "{'actor_id':'a1','class_name':'Broken','state':'DEAD','job_id':'02000000','name':'',"
                + "'node_id':'n1','pid':20805,'ray_namespace':'demo'";
        String detail = ",'serialized_runtime_env':'{}','required_resources':{'CPU':0.5},'death_cause':"
                + "{'actor_died_error_context':{'error_message':'gone','pid':12,'never_started':false,"
                + "'node_death_info':{'reason':'UNEXPECTED_TERMINATION'}}},'is_detached':false,'placement_group_id':null,"
                + "'repr_name':'','num_restarts':'2','num_restarts_due_to_lineage_reconstruction':'1',"
                + "'num_restarts_due_to_node_preemption':'0','call_site':null,'label_selector':{}";
        assertEquals(quoted(basic + "}"), Json.of(out -> StateActorJson.write(out, actor, BASIC)));
        assertEquals(quoted(basic + detail + ",'fallback_strategy':null}"),
                Json.of(out -> StateActorJson.write(out, actor, DETAIL)));
        assertEquals(quoted(basic + detail + "}"),
                Json.of(out -> StateActorJson.write(out, actor, new RowStyle(true, false, false))));
    }

    @Test
    void nodeThatLives() {
        Node node = new Node("n1", "10.0.0.2", "h", "10.0.0.2", "", "", Map.of("ray.io/node-id", "n1"), true, "ALIVE", "",
                Map.of("memory", 24299703552.0), 1795378880970L, 0, 0, Provenance.RECORDED, "");
        assertEquals(quoted("{'node_id':'n1','node_ip':'10.0.0.2','is_head_node':true,'state':'ALIVE','state_message':null,"
                + "'node_name':'10.0.0.2','resources_total':{'memory':24299703552.0},'labels':{'ray.io/node-id':'n1'},"
                + "'start_time_ms':1795378880970,'end_time_ms':0}"),
                Json.of(out -> StateNodeJson.write(out, node, DETAIL)));
        assertFalse(Json.of(out -> StateNodeJson.write(out, node, BASIC)).contains("start_time_ms"));
    }

    @Test
    void submissionThatFailedBeforeItsDriverConnected() {
        Job job = new Job(true, "", "raysubmit_fail", null, "FAILED", "sh x", "exit code 3", "JOB_ENTRYPOINT_COMMAND_ERROR",
                1795378937201L, 1795378938345L, Map.of("team", "obs", "job_submission_id", "raysubmit_fail"), "{}",
                "http://10.0.0.2:52365", "n1", 3, Provenance.RECORDED);
        assertEquals(quoted("{'type':'SUBMISSION','job_id':null,'submission_id':'raysubmit_fail','driver_info':null,"
                + "'status':'FAILED','entrypoint':'sh x','message':'exit code 3',"
                + "'error_type':'JOB_ENTRYPOINT_COMMAND_ERROR','start_time':1795378937201,'end_time':1795378938345,"
                + "'metadata':{'team':'obs'},'runtime_env':{},'driver_agent_http_address':'http://10.0.0.2:52365',"
                + "'driver_node_id':'n1','driver_exit_code':3}"), Json.of(out -> StateJobJson.write(out, job, DETAIL)));
        assertEquals(quoted("{'job_id':null,'submission_id':'raysubmit_fail','entrypoint':'sh x','type':'SUBMISSION',"
                + "'status':'FAILED','message':'exit code 3','error_type':'JOB_ENTRYPOINT_COMMAND_ERROR',"
                + "'driver_info':null}"), Json.of(out -> StateJobJson.write(out, job, BASIC)));
    }

    @Test
    void plainDriverThatStillRunsEndsAtZero() {
        Job job = new Job(false, "07000000", "", new Job.Driver("07000000", "10.0.0.2", 22429), "RUNNING", "python w.py", "",
                "", 5, 0, Map.of(), "{\"env_vars\":{\"A\":\"b\"}}", "", "", null, Provenance.UNFINISHED);
        String row = Json.of(out -> StateJobJson.write(out, job, DETAIL));
        assertTrue(row.contains(quoted("'driver_info':{'id':'07000000','node_ip_address':'10.0.0.2','pid':'22429'}")), row);
        assertTrue(row.contains(quoted("'start_time':5,'end_time':0,'metadata':{},'runtime_env':{'env_vars':{'A':'b'}},"
                + "'driver_agent_http_address':null,'driver_node_id':null,'driver_exit_code':null}")), row);
    }

    @Test
    void driverWorkerHasUnsignedLaunchTimes() {
        Worker worker = new Worker("w1", "02000000", "DRIVER", true, "", "", "n1", "10.0.0.2", 7, -1, -1, 5, 0,
                Provenance.RECORDED);
        assertEquals(quoted("{'worker_id':'w1','is_alive':true,'worker_type':'DRIVER','exit_type':null,'node_id':'n1',"
                + "'ip':'10.0.0.2','pid':7,'exit_detail':null,'worker_launch_time_ms':18446744073709551615,"
                + "'worker_launched_time_ms':18446744073709551615,'start_time_ms':5,'end_time_ms':0,'debugger_port':null,"
                + "'num_paused_threads':null}"), Json.of(out -> WorkerJson.write(out, worker, DETAIL)));
    }

    @Test
    void placementGroup() {
        PlacementGroup group = new PlacementGroup("pg", "pg1", "02000000", "REMOVED",
                List.of(new PlacementGroup.Bundle(0, Map.of("CPU", 0.5), "", Map.of())), false,
                new PlacementGroup.Stats(1795378907464667126L, 0, 2873, 2996, 1, "REMOVED", 0));
        assertEquals(quoted("{'placement_group_id':'pg','name':'pg1','creator_job_id':'02000000','state':'REMOVED',"
                + "'bundles':[{'bundle_id':{'placement_group_id':'pg','bundle_index':0},'unit_resources':{'CPU':0.5},"
                + "'node_id':null,'label_selector':{}}],'is_detached':false,'stats':{"
                + "'creation_request_received_ns':'1795378907464667126','scheduling_started_time_ns':'0',"
                + "'scheduling_latency_us':'2873','end_to_end_creation_latency_us':'2996','scheduling_attempt':1,"
                + "'scheduling_state':'REMOVED','highest_retry_delay_ms':0.0},'topology_strategy':{},"
                + "'topology_assignments':{}}"), Json.of(out -> PlacementGroupJson.write(out, group, DETAIL)));
    }

    @Test
    void clusterEventShowsTheSessionsLocalTime() {
        LogEvent event = new LogEvent("e1", 1795378944, "ERROR", "RAYLET", "L", "died\nhere", "02000000", "", "h", "1",
                "{\"custom_fields\":{\"job_id\":\"02000000\"}}");
        assertEquals(quoted("{'severity':'ERROR','time':'2026-11-22 12:22:24','source_type':'RAYLET',"
                + "'message':'died\\nhere','event_id':'e1','custom_fields':{'job_id':'02000000'}}"),
                Json.of(out -> ClusterEventJson.write(out, event, DETAIL, ZoneId.of("America/Los_Angeles"))));
    }
}
