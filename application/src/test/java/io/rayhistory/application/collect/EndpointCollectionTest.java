package io.rayhistory.application.collect;

import io.rayhistory.application.port.InMemoryObjectStore;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.domain.id.ClusterRef;
import io.rayhistory.domain.layout.StorageLayout;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

final class EndpointCollectionTest {
    private static final ClusterRef CLUSTER = ClusterRef.plain("default", "demo");
    private static final CollectedNode NODE = new CollectedNode(CLUSTER, "session_1", "aa", true);
    private static final String FOLDER = "cluster-history/raycluster/default/demo/session_1/fetched_endpoints/";
    private static final String SERVE = "restful__api__serve__applications";
    private static final String DATASETS = "restful__api__data__datasets__";

    private final SteppedTime time = new SteppedTime();
    private final InMemoryObjectStore store = new InMemoryObjectStore(time);
    private final InMemoryDashboard dashboard = new InMemoryDashboard();
    private final StorageLayout layout = StorageLayout.clusterHistory("");
    private final PlainDashboardCodec codec = new PlainDashboardCodec();
    private final SessionRecords records = new SessionRecords(store, layout, codec, new InMemoryRayNode(), "1", time);
    private final EndpointCollection collection = new EndpointCollection(dashboard, codec, store, layout, records,
            new EndpointSettings(List.of("/api/train/v2/runs/v1?x=/y", "api/version", "//timezone"), Duration.ofSeconds(30)), time);

    private String stored(String key) {
        return store.read(FOLDER + key, 0, ObjectStore.TO_END, "", (in, is) -> new String(in.readAllBytes(), StandardCharsets.UTF_8)).orElse("absent");
    }

    private void later(long seconds) {
        time.advance(seconds);
        collection.tick(NODE);
    }

    private long asked(String target) {
        return Collections.frequency(dashboard.asked, target);
    }

    @Test
    void everythingIsStoredUnderTheNamesOfTheGoCollector() {
        for (String target : List.of("/api/v0/cluster_metadata", "/timezone", "/api/serve/applications/", "/api/jobs/", "/api/version",
                "/api/v0/placement_groups?detail=1&limit=10000", "/api/v0/jobs?detail=1", "/nodes?view=summary",
                "/api/cluster_status?format=1", "/api/train/v2/runs/v1?x=/y")) {
            dashboard.answers(target, "{\"of\":\"" + target + "\"}");
        }
        later(0);
        for (String key : List.of("restful__api__v0__cluster_metadata", "restful__timezone", SERVE, "restful__api__jobs", "restful__api__version",
                "restful__api__v0__placement_groups?detail=1&limit=10000", "restful__api__v0__jobs?detail=1", "restful__nodes?view=summary",
                "restful__api__cluster_status?format=1", "restful__api__train__v2__runs__v1?x=__y")) {
            assertTrue(stored(key).startsWith("{\"of\":\"/"), key + " is " + stored(key));
        }
        assertEquals(1, asked("/api/version"));
    }

    @Test
    void equalBodyIsNotStoredAgain() {
        dashboard.answers("/api/version", "{\"v\":\"1\"}");
        later(0);
        String etag = store.find(FOLDER + "restful__api__version").orElseThrow().etag();
        later(30);
        assertEquals(2, asked("/api/version"));
        assertEquals(etag, store.find(FOLDER + "restful__api__version").orElseThrow().etag());
        dashboard.answers("/api/version", "{\"v\":\"2\"}");
        later(29);
        assertEquals("{\"v\":\"1\"}", stored("restful__api__version"));
        later(1);
        assertEquals("{\"v\":\"2\"}", stored("restful__api__version"));
    }

    @Test
    void metadataIsAskedUntilItIsThereAndThenNoMoreInThisSession() {
        later(0);
        for (int second = 0; second < 180; second++) {
            later(1);
        }
        long tries = asked("/timezone");
        assertTrue(tries >= 5 && tries <= 7, tries + " tries in 180 s");
        dashboard.answers("/timezone", "{\"offset\":\"+00:00\"}");
        later(60);
        assertEquals("{\"offset\":\"+00:00\"}", stored("restful__timezone"));
        long asked = asked("/timezone");
        later(600);
        assertEquals(asked, asked("/timezone"));
        collection.tick(new CollectedNode(CLUSTER, "session_2", "bb", true));
        assertEquals(asked + 1, asked("/timezone"));
        assertTrue(store.find(FOLDER.replace("session_1", "session_2") + "restful__timezone").isPresent());
    }

    @Test
    void emptyAndFailedAnswersNeverReplaceAStoredOne() {
        dashboard.answers("/api/version", "good");
        later(0);
        dashboard.answers("/api/version", "");
        later(30);
        dashboard.answers("/api/version", 500, "broken");
        later(30);
        dashboard.dead = true;
        later(30);
        assertEquals("good", stored("restful__api__version"));
    }

    @Test
    void serveWithoutApplicationsIsBelievedWhileRunningAndNotAtTheEnd() {
        dashboard.answers("/api/serve/applications/", "{\"applications\":{}}");
        later(0);
        assertEquals("{\"applications\":{}}", stored(SERVE));
        dashboard.answers("/api/serve/applications/", "{\"applications\":{\"a\":\"b\"}}");
        later(30);
        dashboard.answers("/api/serve/applications/", "{\"applications\":{}}");
        collection.lastRound(NODE, Duration.ofSeconds(10));
        assertEquals("{\"applications\":{\"a\":\"b\"}}", stored(SERVE));
    }

    @Test
    void datasetsAreKeptPerJobAndFinishedJobsAreLetGo() {
        dashboard.answers("/api/jobs/", "[{\"job_id\":\"01\",\"status\":\"SUCCEEDED\"},{\"job_id\":\"02\",\"status\":\"FAILED\"},"
                + "{\"job_id\":\"03\",\"status\":\"RUNNING\"},{\"status\":\"PENDING\"}]");
        dashboard.answers("/api/data/datasets/01", "{\"datasets\":[{\"d\":\"1\"}]}");
        dashboard.answers("/api/data/datasets/02", "{\"datasets\":[]}");
        dashboard.answers("/api/data/datasets/03", "{\"datasets\":[]}");
        for (int round = 0; round < 5; round++) {
            later(30);
        }
        assertEquals("{\"datasets\":[{\"d\":\"1\"}]}", stored(DATASETS + "01"));
        assertEquals("absent", stored(DATASETS + "02"));
        assertEquals(List.of(1L, 2L, 5L), List.of(asked("/api/data/datasets/01"), asked("/api/data/datasets/02"), asked("/api/data/datasets/03")));
        dashboard.answers("/api/data/datasets/02", "{\"datasets\":[{\"d\":\"2\"}]}");
        collection.lastRound(NODE, Duration.ofSeconds(10));
        assertEquals("{\"datasets\":[{\"d\":\"2\"}]}", stored(DATASETS + "02"));
        assertEquals(1, asked("/api/data/datasets/01"));
    }

    @Test
    void whatIsNoJsonCountsAsNotEmpty() {
        dashboard.answers("/api/serve/applications/", "applications: none");
        collection.lastRound(NODE, Duration.ofSeconds(10));
        assertEquals("applications: none", stored(SERVE));
    }

    @Test
    void refusedAnswerIsAskedForEveryFiveMinutesAndReported() {
        dashboard.answers("/api/version", 401, "who are you");
        later(0);
        assertTrue(collection.trouble().contains("RAY_AUTH_TOKEN"), collection.trouble());
        for (int round = 0; round < 9; round++) {
            later(30);
        }
        assertEquals(1, asked("/api/version"));
        dashboard.answers("/api/version", "{}");
        later(30);
        assertEquals(2, asked("/api/version"));
        assertFalse(collection.trouble().contains("RAY_AUTH_TOKEN"), collection.trouble());
    }

    @Test
    void silentDashboardIsAskedAgainSoonButNotForEverything() {
        dashboard.dead = true;
        later(0);
        assertTrue(dashboard.asked.size() <= 4, dashboard.asked.toString());
        dashboard.dead = false;
        dashboard.answers("/api/version", "{}");
        later(5);
        assertEquals("{}", stored("restful__api__version"));
    }

    @Test
    void countsTellWhatBecameOfEachEndpoint() {
        dashboard.answers("/api/version", "{}");
        later(0);
        later(30);
        assertTrue(collection.counts().contains(new PollCount("/api/version", 1, 1, 0, 0, 0)), collection.counts().toString());
    }
}
