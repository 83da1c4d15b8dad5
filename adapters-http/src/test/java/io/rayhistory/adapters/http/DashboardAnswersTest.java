package io.rayhistory.adapters.http;

import io.rayhistory.adapters.http.api.DashboardSettings;
import io.rayhistory.adapters.http.api.RuntimeEnvRedaction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.http.HttpResponse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What the sample's dashboard said, spot by spot; the golden test in bootstrap compares everything. */
class DashboardAnswersTest {
    private static final String HEAD = "5263ab4e58b0b118a9ecbb1b829dcf4eb165494fc261bfd004660e1f";
    private static final String WORKER = "856e6ecf6b34e331a3674667e2e36b339e55497bd534ce7f69736169";
    private static final String COUNTER = "b1a9d3e1d31f3ca9cf26f41b02000000";
    @RegisterExtension
    static final SampleServer server = SampleServer.start(settings -> settings);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "/timezone|{'offset':'+00:00','value':'Europe/London'}",
        "/api/version|{'version':'4','ray_version':'2.60.0','ray_commit':'b7f4259e944bf6959f721b106adc366ddfa0c356','session_name':'session_2026-11-22_20-21-16_964865_19675'}",
        "/api/v0/cluster_metadata|{'result':true,'msg':'','data':{'rayVersion':'2.60.0','pythonVersion':'3.11.7','rayInitCluster':false}}",
        "/cluster_id|{'result':true,'msg':'Fetched cluster id','data':{'clusterId':'f8d0b6de1235500c325d31db71a7e4518bb9d4de23869932472af13b'}}",
        "/usage_stats_enabled|{'result':true,'msg':'Fetched usage stats enabled','data':{'usageStatsEnabled':false,'usageStatsPromptEnabled':false}}",
        "/api/authentication_mode|{'authentication_mode':'disabled'}",
        "/api/grafana_health|{'result':true,'msg':'Grafana disabled','data':{'grafanaHost':'DISABLED'}}",
        "/api/prometheus/sd|[]",
        "/api/v0/runtime_env_redaction|{'result':true,'msg':'','data':{'redactionEnabled':true}}",
        "/api/data/datasets/99000000|{'datasets':[]}",
        "/api/train/v2/runs/v1|{'train_runs':[]}",
        "/nodes?view=hostNameList|{'result':true,'msg':'Node hostname list fetched.','data':{'hostNameList':['vm']}}",
        "/events?job_id=99000000|{'result':true,'msg':'Job events fetched.','data':{'jobId':'99000000','events':[]}}",
        "/logical/actors/99|{'result':true,'msg':'Actor details fetched.','data':{'detail':null}}",
        "/logical/actors?ids=99|{'result':true,'msg':'All actors fetched.','data':{'actors':{'99':null}}}",
        "/nodes/99|{'result':true,'msg':'Node details fetched.','data':{'detail':{'raylet':{'objectStoreUsedMemory':0,'objectStoreAvailableMemory':0,'stateMessage':null},'tpus':[],'gpus':[],'cmdline':[],'workers':[],'actors':{}}}}",
        "/api/component_activities|{'driver':{'is_active':'INACTIVE','reason':null,'timestamp':1.795428E9,'last_activity_at':1.795379"})
    void smallAnswersAreTheRecordedOnes(String path, String body) throws Exception {
        HttpResponse<String> answer = server.get(SampleServer.BASE + path);
        assertEquals(200, answer.statusCode());
        assertTrue(answer.body().startsWith(body.replace('\'', '"')), answer.body());
    }

    @ParameterizedTest
    @CsvSource({"/nodes,400", "/nodes?view=details,400", "/api/jobs/doesnotexist,404", "/api/jobs/doesnotexist/logs,404",
        "/api/jobs/02000000/logs,400", "/api/v0/platform_events,404", "/memory_profile,403", "/task/traceback,403",
        "/api/gcs_healthz,503", "/api/prometheus_health,500", "/api/serve/applications/?api_type=x,400",
        "/api/healthz,404", "/api/snapshot,404"})
    void questionsWithoutAnAnswerAreRefusedAsSpecified(String path, int status) throws Exception {
        assertEquals(status, server.get(SampleServer.BASE + path).statusCode());
    }

    @Test
    void submittedJobIsShownWithWhatItsLogsTell() throws Exception {
        String fail = server.get(SampleServer.BASE + "/api/jobs/raysubmit_fail").body();
        assertTrue(fail.startsWith("{\"type\":\"SUBMISSION\",\"job_id\":null,\"submission_id\":\"raysubmit_fail\","
                + "\"driver_info\":null,\"status\":\"FAILED\""), fail);
        assertTrue(fail.endsWith("\"driver_exit_code\":3}"), fail);
        assertEquals(server.get(SampleServer.BASE + "/api/jobs/raysubmit_demo").body(),
                server.get(SampleServer.BASE + "/api/jobs/04000000").body(), "asked by either id");
        String logs = server.get(SampleServer.BASE + "/api/jobs/raysubmit_fail/logs").body();
        assertTrue(logs.startsWith("{\"logs\":\"") && logs.contains("Running entrypoint for job raysubmit_fail"), logs);
    }

    @Test
    void restartedActorIsShownWithItsLastPlaceAndItsDeath() throws Exception {
        String actor = server.get(SampleServer.BASE + "/logical/actors/" + COUNTER).body();
        assertTrue(actor.contains("\"address\":{\"nodeId\":\"" + WORKER + "\",\"ipAddress\":\"127.0.0.2\",\"port\":14763,"), actor);
        assertTrue(actor.contains("\"numRestarts\":\"1\",\"timestamp\":17953"), actor);
        assertTrue(actor.contains("\"exitDetail\":\"The actor died because its node has died."), actor);
    }

    @Test
    void deadNodeKeepsWhatItRegistered() throws Exception {
        String nodes = server.get(SampleServer.BASE + "/nodes?view=summary").body();
        assertTrue(nodes.contains("\"state\":\"DEAD\",\"stateMessage\":\"Unexpected termination: "), nodes);
        assertTrue(nodes.contains("\"nodeLogicalResources\":{\"" + HEAD + "\":\"1.9/2.0 CPU\\n0B/22.63GiB memory\\n"), nodes);
        assertTrue(nodes.contains("\"node:InternalHead\":1.0"), nodes);
        String dead = server.get(SampleServer.BASE + "/nodes/" + WORKER).body();
        assertTrue(dead.contains("\"loadAvg\":[[0,0,0],[0,0,0]]") && dead.contains("\"nodeName\":\"127.0.0.2\""), dead);
        assertTrue(server.get(SampleServer.BASE + "/nodes/" + HEAD).body().contains("\"" + COUNTER + "\":{"),
                "the actor once lived here");
    }

    @Test
    void eventsOfBothDialectsAreShown() throws Exception {
        String events = server.get(SampleServer.BASE + "/events").body();
        assertTrue(events.contains("\"sourceHostname\":\"vm\"") && events.contains("\"hostName\":\"vm\""), events);
        assertTrue(events.contains("\"customFields\":{\"jobId\":\"02000000\""), events);
        assertTrue(server.get(SampleServer.BASE + "/events?job_id=raysubmit_fail").body()
                .contains("Started a ray job raysubmit_fail."), "events of a submission are found by its id");
    }

    @Test
    void clusterStatusReadsLikeTheAutoscalers() throws Exception {
        String status = server.get(SampleServer.BASE + "/api/cluster_status?format=1").body();
        assertTrue(status.contains("\"clusterStatus\":\"======== Autoscaler status: 2026-11-22 20:23:"), status);
        assertTrue(status.contains("Active:\\n 1 node_" + HEAD + "\\nPending:\\n (no pending nodes)"), status);
        assertTrue(status.contains("Total Usage:\\n 1.9/2.0 CPU\\n"), status);
        assertTrue(status.contains("{'CPU': 0.2}: ") && status.endsWith(
                " {'CPU': 1.0, 'GPU': 8.0}: 1+ pending tasks/actors\"}}"), status);
        assertTrue(server.get(SampleServer.BASE + "/api/cluster_status").body().contains("\"loadMetricsReport\":{"));
    }

    @Test
    void storedServeAnswerIsSentAsItIs() throws Exception {
        String serve = server.get(SampleServer.BASE + "/api/serve/applications/").body();
        assertTrue(serve.contains("\"applications\":{\"hello\":{"), serve);
    }

    @Test
    void browsersDoNotSeeEnvironmentValuesUnlessAllowed() throws Exception {
        String job = SampleServer.BASE + "/api/jobs/02000000";
        assertTrue(server.get(job).body().contains("\"env_vars\":{\"WHO\":\"work1\"}"));
        HttpResponse<String> browser = server.get(job, "User-Agent", "Mozilla/5.0");
        assertTrue(browser.body().contains("\"env_vars\":{\"WHO\":\"<redacted>\"}"), browser.body());
        assertFalse(browser.headers().firstValue("ETag").equals(server.get(job).headers().firstValue("ETag")));
        try (SampleServer open = SampleServer.start(s -> s.withDashboard(redaction(RuntimeEnvRedaction.OFF)))) {
            assertTrue(open.get(job, "User-Agent", "Mozilla/5.0").body().contains("work1\"}"));
        }
        try (SampleServer closed = SampleServer.start(s -> s.withDashboard(redaction(RuntimeEnvRedaction.ALWAYS)))) {
            assertTrue(closed.get(job).body().contains("<redacted>"));
        }
    }

    @Test
    void settingsChangeWhatIsShown() throws Exception {
        DashboardSettings settings = new DashboardSettings(RuntimeEnvRedaction.OFF, "2.60.0", "http://grafana:3000", true);
        try (SampleServer other = SampleServer.start(s -> s.withDashboard(settings))) {
            String grafana = other.get(SampleServer.BASE + "/api/grafana_health").body();
            assertTrue(grafana.contains("\"grafanaHost\":\"http://grafana:3000\"") && grafana.contains(SampleServer.SESSION));
            String nodes = other.get(SampleServer.BASE + "/nodes?view=summary").body();
            assertFalse(nodes.contains("\"state\":\"ALIVE\""), nodes);
            assertTrue(nodes.endsWith("\"nodeLogicalResources\":{}}}"), nodes);
        }
    }

    private static DashboardSettings redaction(RuntimeEnvRedaction redaction) {
        return new DashboardSettings(redaction, "2.60.0", "", false);
    }
}
