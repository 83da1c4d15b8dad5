package io.rayhistory.application.read;

import io.rayhistory.application.port.ClusterHead;
import io.rayhistory.application.port.HeadAuth;
import io.rayhistory.application.port.LiveCluster;
import io.rayhistory.application.port.LiveCluster.Suspension;
import io.rayhistory.application.port.RunningSession;
import io.rayhistory.application.port.Sighting;
import io.rayhistory.domain.id.ClusterRef;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

/** Every rule, one by one, with what comes before it ruled out. */
final class StateRulesTest {
    private static final String SESSION = "session_2026-11-22_10-00-00_000001_100";
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Instant CREATED = NOW.minus(Duration.ofHours(1));
    private static final RunningSession UNREACHABLE = new RunningSession.Unreachable("no answer", NOW);
    private static final SessionTraces FRESH = new SessionTraces(CREATED, NOW.minusSeconds(60), Instant.EPOCH);

    private SessionTraces traces = FRESH;
    private boolean newer;
    private boolean earlier;

    private static LiveCluster cluster(String context, Suspension.Phase phase, Instant since) {
        return new LiveCluster(ClusterRef.plain("ray-a", "c1"), context, "uid-" + context, CREATED, false, new Suspension(phase, since),
                new ClusterHead(true, "pod", "10.0.0.1", "c1-head-svc", 8265), HeadAuth.NONE, "2.60.0");
    }

    private static Sighting awake() {
        return new Sighting.Present(List.of(cluster("one", Suspension.Phase.AWAKE, Instant.EPOCH)), NOW);
    }

    private static RunningSession runs(String session) {
        return new RunningSession.Known(session, "2.60.0", NOW);
    }

    private String decide(Sighting sighting, Map<String, RunningSession> heads) {
        SessionState state = new StateRules(SESSION, cluster -> heads.get(cluster.context()), cluster -> earlier, () -> traces,
                () -> newer, NOW).decide(sighting);
        return state.phase().text() + "/" + state.code();
    }

    private String decide(Sighting sighting, RunningSession head) {
        return decide(sighting, Map.of("one", head));
    }

    @Test
    void whatKubernetesDecidesAloneIsNotAskedOfTheStore() {
        StateRules rules = new StateRules(SESSION, cluster -> fail("no head"), cluster -> fail("no memory"),
                () -> fail("no store"), () -> fail("no catalog"), NOW);
        assertEquals("no-kubernetes", rules.decide(new Sighting.NotConfigured()).code());
        assertEquals("cluster-gone", rules.decide(new Sighting.Absent(NOW)).code());
    }

    @Test
    void theHeadsWordIsTheBest() {
        traces = new SessionTraces(CREATED, Instant.EPOCH, NOW);
        newer = true;
        assertEquals("live/running", decide(awake(), runs(SESSION)));
        assertEquals("ended/cluster-restarted", decide(awake(), runs("session_other")));
    }

    @Test
    void anEndIsBelievedUnlessAHeartbeatFollowed() {
        traces = new SessionTraces(CREATED, NOW.minusSeconds(90), NOW.minusSeconds(60));
        assertEquals("ended/collector-said-end", decide(awake(), UNREACHABLE));
        traces = new SessionTraces(CREATED, NOW.minusSeconds(60), NOW.minusSeconds(90));
        assertEquals("live/head-unreachable", decide(awake(), UNREACHABLE));
    }

    @Test
    void anApiServerThatIsAwayLeavesTheQuestionOpen() {
        assertEquals("unknown/api-unavailable", decide(new Sighting.Unavailable(false, List.of(), NOW, "away"), UNREACHABLE));
        assertEquals("ended/cluster-gone", decide(new Sighting.Unavailable(true, List.of(), NOW, "away"), UNREACHABLE));
        assertEquals("unknown/namespace-not-watched", decide(new Sighting.NotWatched(), UNREACHABLE));
        traces = new SessionTraces(CREATED, Instant.EPOCH, NOW);
        assertEquals("ended/collector-said-end", decide(new Sighting.Unavailable(false, List.of(), NOW, "away"), UNREACHABLE));
    }

    @Test
    void whatIsOlderThanTheClusterIsAnothersWork() {
        traces = new SessionTraces(CREATED.minusSeconds(301), Instant.EPOCH, Instant.EPOCH);
        assertEquals("ended/earlier-cluster-of-same-name", decide(awake(), UNREACHABLE));
        traces = new SessionTraces(CREATED.minusSeconds(299), Instant.EPOCH, Instant.EPOCH);
        assertEquals("unknown/head-unreachable", decide(awake(), UNREACHABLE));
        earlier = true;
        assertEquals("ended/earlier-cluster-of-same-name", decide(awake(), UNREACHABLE));
    }

    @Test
    void aNewerSessionEndsTheOlderOne() {
        newer = true;
        assertEquals("ended/newer-session-stored", decide(awake(), UNREACHABLE));
        assertEquals("ended/newer-session-stored", decide(awake(), runs("")), "a Ray too old to tell its session");
    }

    @Test
    void asleepIsNotOver() {
        assertEquals("suspended/cluster-suspended", decide(new Sighting.Present(
                List.of(cluster("one", Suspension.Phase.SUSPENDED, NOW.minusSeconds(10))), NOW), UNREACHABLE));
        assertEquals("suspended/cluster-suspending", decide(new Sighting.Present(
                List.of(cluster("one", Suspension.Phase.SUSPENDING, Instant.EPOCH)), NOW), new RunningSession.NotAsked()));
    }

    @Test
    void heartbeatsSpeakForASilentHeadOnlyIfTheyAreItsOwn() {
        assertEquals("unknown/asking", decide(awake(), new RunningSession.NotAsked()));
        assertEquals("live/head-unreachable", decide(awake(), UNREACHABLE));
        assertEquals("unknown/head-unreachable", decide(new Sighting.Present(
                List.of(cluster("one", Suspension.Phase.AWAKE, NOW.minusSeconds(70))), NOW), UNREACHABLE), "resumed a minute ago");
        traces = new SessionTraces(CREATED, NOW.minusSeconds(180), Instant.EPOCH);
        assertEquals("unknown/head-unreachable", decide(awake(), UNREACHABLE));
    }

    @Test
    void ofTwoClustersOfOneNameTheirHeadsDecide() {
        Sighting both = new Sighting.Present(List.of(cluster("one", Suspension.Phase.AWAKE, Instant.EPOCH),
                cluster("two", Suspension.Phase.AWAKE, Instant.EPOCH)), NOW);
        assertEquals("live/running", decide(both, Map.of("one", UNREACHABLE, "two", runs(SESSION))));
        assertEquals("ended/cluster-restarted", decide(both, Map.of("one", runs("a"), "two", runs("b"))));
        assertEquals("unknown/cluster-in-several-contexts", decide(both, Map.of("one", runs("a"), "two", UNREACHABLE)));
    }
}
