package io.rayhistory.domain.history;

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

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Events as Ray tells them, with sane defaults. Times are in milliseconds. */
final class Told {
    static final String ACTOR = "1736a4a302ad56be3f07b06702000000";
    static final String NODE = "0a".repeat(28);
    static final String OTHER_NODE = "0b".repeat(28);
    static final String WORKER = "1c".repeat(28);
    static final String OTHER_WORKER = "1d".repeat(28);
    static final String JOB = "02000000";
    static final Map<String, Double> RESOURCES = Map.of("CPU", 2.0);

    private Told() {
    }

    static long ns(long ms) {
        return ms * 1_000_000;
    }

    static EventEnvelope at(long ms) {
        return at(ms, "id" + ms);
    }

    static EventEnvelope at(long ms, String eventId) {
        return new EventEnvelope(eventId, "GCS", ns(ms), "INFO", "", "", "");
    }

    static ActorDefinitionEvent actor(long ms, String name, String className) {
        return new ActorDefinitionEvent(at(ms), ACTOR, JOB, false, name, "ns", "{}", className, RESOURCES, "",
                Map.of(), "", "");
    }

    static ActorLifecycleEvent actorWas(long ms, ActorTransition... transitions) {
        return new ActorLifecycleEvent(at(ms), ACTOR, List.of(transitions));
    }

    static ActorTransition actorIs(ActorState state, long ms) {
        return new ActorTransition(state, ns(ms), "", "", "", null, 0, 0, "ACTOR_FAILURE");
    }

    static ActorTransition alive(long ms, String nodeId, String workerId, long pid) {
        return new ActorTransition(ActorState.ALIVE, ns(ms), nodeId, workerId, "", null, pid, 7000, "ACTOR_FAILURE");
    }

    static ActorTransition restarting(long ms, String reason) {
        return new ActorTransition(ActorState.RESTARTING, ns(ms), "", "", "", null, 0, 0, reason);
    }

    /** @param fields alternating keys and values of the death cause */
    static ActorTransition dead(long ms, Object... fields) {
        Map<String, Object> cause = new LinkedHashMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            cause.put((String) fields[i], fields[i + 1]);
        }
        return new ActorTransition(ActorState.DEAD, ns(ms), "", "", "",
                cause.isEmpty() ? null : new ActorDeathCause("actor_died_error_context", cause), 0, 0, "");
    }

    static NodeDefinitionEvent node(long ms, String id, String ip) {
        return new NodeDefinitionEvent(at(ms), id, ip, Map.of("ray.io/node-id", id), ns(ms), "host", "", "", "");
    }

    static NodeLifecycleEvent nodeWas(long ms, String id, NodeTransition... transitions) {
        return new NodeLifecycleEvent(at(ms), id, List.of(transitions));
    }

    static NodeTransition nodeAlive(long ms, Map<String, Double> resources) {
        return new NodeTransition("ALIVE", ns(ms), resources, "", "", "UNSPECIFIED");
    }

    static NodeTransition nodeDead(long ms, String reason, String message) {
        return new NodeTransition("DEAD", ns(ms), Map.of(), reason, message, "UNSPECIFIED");
    }

    static WorkerDefinitionEvent worker(long ms, String id) {
        return new WorkerDefinitionEvent(at(ms), id, NODE, "WORKER", 4711);
    }

    static WorkerLifecycleEvent workerWas(long ms, String id, String jobId, WorkerTransition... transitions) {
        return new WorkerLifecycleEvent(at(ms), id, jobId, List.of(transitions));
    }

    static WorkerTransition workerAlive(long ms) {
        return new WorkerTransition("ALIVE", ns(ms), ms - 30, ms - 20, ms - 10, 0, "", "");
    }

    static WorkerTransition workerDead(long ms, String exitType, String detail) {
        return new WorkerTransition("DEAD", ns(ms), 0, 0, 0, ms - 1, exitType, detail);
    }

    static DriverJobDefinitionEvent job(long ms, String jobId, Map<String, String> metadata) {
        return new DriverJobDefinitionEvent(at(ms), jobId, 99, NODE, "python x.py", "{\"a\":1}", metadata);
    }

    static DriverJobLifecycleEvent jobWas(long ms, String jobId, String... states) {
        return new DriverJobLifecycleEvent(at(ms, "j" + ms), jobId,
                Arrays.stream(states).map(state -> new StateTransition(state, ns(ms))).toList());
    }

    static Node nodeRow(String id, String ip) {
        NodeFacts facts = new NodeFacts();
        facts.add(node(1, id, ip));
        return facts.fold(List.of(), Map.of()).get(0);
    }
}
