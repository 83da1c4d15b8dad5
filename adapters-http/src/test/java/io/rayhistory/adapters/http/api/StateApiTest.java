package io.rayhistory.adapters.http.api;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;

import static io.rayhistory.adapters.http.api.SampleServer.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class StateApiTest {
    private static SampleServer server;

    @BeforeAll
    static void start() {
        server = new SampleServer().start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tasks", "actors", "nodes", "jobs", "workers", "placement_groups", "objects", "runtime_envs",
        "cluster_events", "tasks/summarize", "tasks/summarize?summary_by=task_name", "tasks/summarize?summary_by=lineage",
        "actors/summarize", "objects/summarize", "tasks?limit=10000&detail=True&exclude_driver=0&nocache=1"})
    void everyResourceAnswersInEnvelopeB(String resource) {
        HttpResponse<byte[]> answer = server.get("/api/v0/" + resource);
        assertEquals(200, answer.statusCode());
        assertTrue(text(answer).startsWith("{\"result\":true,\"msg\":\"\",\"data\":{\"result\":{\"total\":"), text(answer));
        assertTrue(text(answer).endsWith("}}}"), text(answer));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tasks?limit=x", "jobs?limit=x", "nodes?limit=10001", "actors?detail=yes", "tasks?timeout=x",
        "objects?filter_keys=nope&filter_predicates=%3D&filter_values=1",
        "runtime_envs?filter_keys=nope&filter_predicates=%3D&filter_values=1",
        "workers?filter_keys=pid&filter_predicates=%3D&filter_values=x", "tasks?filter_keys=state",
        "cluster_events?filter_keys=severity&filter_predicates=%3E&filter_values=1",
        "tasks/summarize?summary_by=nothing", "tasks/summarize?filter_keys=job_id&filter_predicates=%3D&filter_values=zz",
        "tasks/summarize?timeout=x", "tasks/timeline?job_id=zz", "tasks/timeline?exclude_driver=maybe", "logs"})
    void badQuestionsAreRefusedInEnvelopeB(String question) {
        HttpResponse<byte[]> answer = server.get("/api/v0/" + question);
        assertEquals(400, answer.statusCode());
        assertTrue(text(answer).startsWith("{\"result\":false,\"msg\":\""), text(answer));
        assertTrue(text(answer).endsWith("\",\"data\":{\"result\":null}}"), text(answer));
        assertFalse(text(answer).contains("\"msg\":\"\""), text(answer));
    }

    @Test
    void submissionIdStandsForItsJob() {
        String filter = "filter_keys=job_id&filter_predicates=%3D&filter_values=";
        for (String path : new String[] {"tasks?limit=3&", "tasks/summarize?", "tasks/summarize?summary_by=lineage&"}) {
            assertEquals(text(server.get("/api/v0/" + path + filter + "04000000")),
                    text(server.get("/api/v0/" + path + filter + "raysubmit_demo")));
        }
        assertEquals(text(server.get("/api/v0/tasks/timeline?job_id=04000000")),
                text(server.get("/api/v0/tasks/timeline?job_id=raysubmit_demo")));
    }

    @Test
    void timelineIsABareArrayThatCanBeDownloaded() {
        HttpResponse<byte[]> shown = server.get("/api/v0/tasks/timeline?job_id=02000000&download=true");
        assertTrue(text(shown).startsWith("[{\"cat\":") && text(shown).endsWith("\"ph\":\"M\"}]"), text(shown));
        assertTrue(shown.headers().firstValue("Content-Disposition").isEmpty());
        HttpResponse<byte[]> saved = server.get("/api/v0/tasks/timeline?job_id=02000000&download=1");
        assertEquals("attachment; filename=\"timeline-02000000-2026-12-01_02-03-04.json\"",
                saved.headers().firstValue("Content-Disposition").orElse(""));
        assertEquals(text(shown), text(saved));
        assertEquals("attachment; filename=\"timeline-None-2026-12-01_02-03-04.json\"",
                server.send("HEAD", "/api/v0/tasks/timeline?download=1").headers().firstValue("Content-Disposition").orElse(""));
        assertEquals("[]", text(server.get("/api/v0/tasks/timeline?job_id=99000000")));
    }

    @Test
    void driversShowInTheTimelineOnlyWhenAsked() {
        assertFalse(text(server.get("/api/v0/tasks/timeline")).contains("\"driver:"));
        assertTrue(text(server.get("/api/v0/tasks/timeline?exclude_driver=0")).contains("\"driver:"));
    }

    @Test
    void headRefusesWhatGetRefuses() {
        assertEquals(200, server.send("HEAD", "/api/v0/tasks?limit=5").statusCode());
        HttpResponse<byte[]> refused = server.send("HEAD", "/api/v0/tasks?limit=x");
        assertEquals(400, refused.statusCode());
        assertEquals(0, refused.body().length);
    }

    @Test
    void clusterEventsTellTheSessionsLocalTimeInOrder() {
        String events = text(server.get("/api/v0/cluster_events?detail=1"));
        int first = events.indexOf("\"time\":\"2026-11-22 20:2");
        assertTrue(first > 0 && events.contains("\"custom_fields\":{"), events);
    }

    @Test
    void limitZeroStillTellsTheTotals() {
        String none = text(server.get("/api/v0/tasks?limit=0"));
        assertTrue(none.contains("\"num_filtered\":200,\"result\":[],"), none);
    }
}
