package io.rayhistory.application.collect;

import io.rayhistory.application.port.RayNode.Mark;
import io.rayhistory.domain.id.ClusterRef;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

final class SessionWatchTest {
    private static final ClusterRef CLUSTER = ClusterRef.plain("default", "demo");
    private static final String NODES = "/api/v0/nodes?limit=10000&detail=1&filter_keys=node_ip&filter_predicates=%3D&filter_values=10.0.0.7";

    private final SteppedTime time = new SteppedTime();
    private final InMemoryRayNode ray = new InMemoryRayNode();
    private final InMemoryDashboard dashboard = new InMemoryDashboard();
    private final List<String> news = new ArrayList<>();
    private final SessionWatch watch = watch("");

    private SessionWatch watch(String nodeId) {
        NodeLookup lookup = new NodeLookup(dashboard, "10.0.0.7", new PlainDashboardCodec(), Runnable::run, time);
        SessionWatch made = new SessionWatch(ray, CLUSTER, true, nodeId, lookup, time);
        made.add(new SessionListener() {
            @Override
            public void current(CollectedNode node) {
                news.add("current " + node.session() + " " + node.nodeId());
            }

            @Override
            public void ended(CollectedNode node) {
                news.add("ended " + node.session() + " " + node.nodeId());
            }
        });
        return made;
    }

    private List<String> look() {
        news.clear();
        watch.look();
        return List.copyOf(news);
    }

    @Test
    void sessionIsToldAtOnceAndAgainWhenItsNodeIsKnown() {
        ray.runs("session_1");
        assertEquals(List.of("current session_1 "), look());
        assertTrue(watch.nodeTrouble().startsWith("node id not known yet"), watch.nodeTrouble());
        assertEquals(List.of(), look());
        ray.leaves("session_1", "aa", time.instant());
        assertEquals(List.of("current session_1 aa"), look());
        assertEquals("", watch.nodeTrouble());
    }

    @Test
    void absentLinkMeansNothing() {
        assertEquals(List.of(), look());
        assertTrue(watch.sessionTrouble().contains("session_latest"), watch.sessionTrouble());
        ray.runs("session_1");
        look();
        ray.latest = Optional.empty();
        assertEquals(List.of(), look());
        assertEquals("session_1", watch.current().orElseThrow().session());
    }

    @Test
    void anotherSessionDoesNotEndTheOneBeforeWhileItsRayletLives() {
        ray.runs("session_1");
        ray.leaves("session_1", "aa", time.instant());
        look();
        ray.runs("session_2");
        assertEquals(List.of("current session_2 "), look());
        assertEquals(List.of(), look());
        ray.living.remove("session_1");
        assertEquals(List.of("ended session_1 aa"), look());
    }

    @Test
    void twoChangesBetweenTwoLooksLoseNoSession() {
        ray.runs("session_1");
        look();
        ray.runs("session_2");
        ray.leaves("session_2", "bb", time.instant());
        ray.runs("session_3");
        ray.living.removeAll(List.of("session_1", "session_2"));
        assertEquals(List.of("current session_3 ", "ended session_1 ", "ended session_2 bb"), look());
    }

    @Test
    void leftOverSessionsAreToldOnceUnderTheNodeTheyHad() {
        ray.sessions.addAll(List.of("session_0", "session_1"));
        ray.leaves("session_0", "aa", time.instant());
        ray.runs("session_2");
        assertEquals(List.of("current session_2 ", "ended session_0 aa", "ended session_1 "), look());
        assertEquals(List.of(), look());
    }

    @Test
    void livingSessionThatWasNeverCurrentIsAnotherCluster() {
        ray.runs("session_1");
        ray.runs("session_2");
        assertEquals(List.of("current session_2 "), look());
        ray.living.remove("session_1");
        ray.runs("session_3");
        ray.living.remove("session_2");
        assertEquals(List.of("current session_3 ", "ended session_2 "), look());
    }

    @Test
    void withoutAnyLinkLeftOversWaitAWhile() {
        ray.sessions.add("session_0");
        assertEquals(List.of(), look());
        time.advance(11);
        assertEquals(List.of("ended session_0 "), look());
    }

    @Test
    void restartedRayletOfOneSessionHasAnotherNodeId() {
        ray.runs("session_1");
        ray.leaves("session_1", "aa", time.instant());
        look();
        time.advance(60);
        ray.leaves("session_1", "bb", time.instant());
        assertEquals(List.of("current session_1 bb"), look());
    }

    @Test
    void hookOfTheRayletBeforeIsNotBelieved() {
        ray.hook = Optional.of(new Mark("aa", time.instant()));
        time.advance(600);
        ray.runs("session_1");
        ray.since.put("session_1", time.instant());
        assertEquals(List.of("current session_1 "), look());
        ray.hook = Optional.of(new Mark("bb", time.instant()));
        assertEquals(List.of("current session_1 bb"), look());
    }

    @Test
    void hookIsNotBelievedAgainstTheSessionsOwnFiles() {
        ray.runs("session_1");
        ray.hook = Optional.of(new Mark("aa", time.instant()));
        ray.leaves("session_1", "bb", time.instant());
        assertEquals(List.of("current session_1 bb"), look());
    }

    @Test
    void givenNodeIdWins() {
        ray.runs("session_1");
        ray.leaves("session_1", "aa", time.instant());
        SessionWatch told = watch("cc");
        news.clear();
        told.look();
        assertEquals(List.of("current session_1 cc"), news);
    }

    @Test
    void dashboardIsAskedOncePerRayletAndMoreSeldomWhileItDoesNotKnow() {
        ray.runs("session_1");
        ray.since.put("session_1", time.instant());
        for (int second = 0; second < 300; second++) {
            look();
            time.advance(1);
        }
        assertTrue(dashboard.asked.size() >= 6 && dashboard.asked.size() <= 16, "asked " + dashboard.asked.size() + " times in 300 s");
        assertTrue(watch.nodeTrouble().contains("answers 404"), watch.nodeTrouble());
        dashboard.answers(NODES, "[{\"node_id\":\"dd\",\"node_ip\":\"10.0.0.7\",\"state\":\"DEAD\"},"
                + "{\"node_id\":\"aa\",\"node_ip\":\"10.0.0.7\",\"state\":\"ALIVE\",\"start\":\"5\"},"
                + "{\"node_id\":\"bb\",\"node_ip\":\"10.0.0.7\",\"state\":\"ALIVE\",\"start\":\"9\"},"
                + "{\"node_id\":\"ee\",\"node_ip\":\"10.0.0.8\",\"state\":\"ALIVE\",\"start\":\"99\"}]");
        time.advance(100);
        assertEquals(List.of("current session_1 bb"), look());
        int asked = dashboard.asked.size();
        time.advance(1000);
        look();
        assertEquals(asked, dashboard.asked.size());
        ray.since.put("session_1", time.instant());
        look();
        assertEquals(asked + 1, dashboard.asked.size());
    }

    @Test
    void rayletsLogTellsTheNodeWhenNothingElseDid() {
        ray.sessions.add("session_0");
        ray.logged.put("session_0", "aa");
        ray.runs("session_1");
        ray.logged.put("session_1", "bb");
        assertEquals(List.of("current session_1 ", "ended session_0 aa"), look());
        news.clear();
        watch.settle();
        watch.settle();
        assertEquals(List.of("current session_1 bb"), news);
    }

    @Test
    void withoutARayletNobodyIsAsked() {
        ray.runs("session_1");
        look();
        assertEquals(List.of(), dashboard.asked);
    }
}
