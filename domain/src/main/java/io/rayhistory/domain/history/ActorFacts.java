package io.rayhistory.domain.history;

import io.rayhistory.domain.event.ActorDeathCause;
import io.rayhistory.domain.event.ActorDefinitionEvent;
import io.rayhistory.domain.event.ActorLifecycleEvent;
import io.rayhistory.domain.event.ActorState;
import io.rayhistory.domain.event.ActorTransition;
import io.rayhistory.domain.event.EventEnvelope;
import io.rayhistory.domain.id.IdKind;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Collects actor events, any order, any repeats, and folds them into {@link Actor}s. Not thread-safe. */
final class ActorFacts {
    private static final String SUPERVISOR_PREFIX = "_ray_internal_job_actor_";

    /** Stands in for the envelope of a definition that never came. */
    static final EventEnvelope NO_ENVELOPE = new EventEnvelope("", "", 0, "", "", "", "");

    private final Subjects<ActorDefinitionEvent, ActorTransition> actors = new Subjects<>(
            Stream.of(ActorState.values()).map(Enum::name).toList(), t -> t.state().name(), ActorTransition::timeNs);

    void add(ActorDefinitionEvent event) {
        actors.define(event.envelope(), event.actorId(), event);
    }

    void add(ActorLifecycleEvent event) {
        actors.enter(event.envelope(), event.actorId(), event.transitions());
    }

    /** Whether any event named the actor. */
    boolean exists(String actorId) {
        return actors.get(actorId) != null;
    }

    /** Nodes on which an actor became alive. */
    Set<String> nodeIdsSeen() {
        return nodeIpsSeen().keySet();
    }

    /** The same nodes with the address that a death cause tells, {@code ""} when none does. */
    Map<String, String> nodeIpsSeen() {
        Map<String, String> ips = new TreeMap<>();
        for (Subjects.Subject<?, ActorTransition> actor : actors.byId().values()) {
            String node = "";
            for (ActorTransition t : actor.transitions()) {
                node = t.state() == ActorState.ALIVE ? t.nodeId() : node;
                String ip = t.deathCause() == null ? "" : text(t.deathCause(), "node_ip_address");
                if (!IdKind.NODE.isNil(node)) {
                    ips.merge(node, ip, (known, more) -> known.compareTo(more) >= 0 ? known : more);
                }
            }
        }
        return ips;
    }

    /** The actors that ran submitted jobs, by submission id. */
    Map<String, Supervisor> supervisors() {
        Map<String, Supervisor> supervisors = new HashMap<>();
        actors.byId().forEach((id, actor) -> {
            ActorDefinitionEvent definition = actor.definition();
            if (definition != null && definition.name().startsWith(SUPERVISOR_PREFIX)) {
                List<ActorTransition> all = actor.transitions();
                ActorLife life = new ActorLife(all);
                supervisors.put(definition.name().substring(SUPERVISOR_PREFIX.length()), new Supervisor(
                        life.placement().nodeId(), all.isEmpty() ? 0 : all.get(0).timeNs(), life.firstAliveNs() != 0,
                        life.endNs()));
            }
        });
        return supervisors;
    }

    /** @param nodes by id */
    List<Actor> fold(Map<String, Node> nodes, TaskEvidence tasks, LogFiles files) {
        List<Actor> folded = new ArrayList<>(actors.byId().size());
        actors.byId().forEach((id, actor) ->
                folded.add(fold(id, actor.definition(), new ActorLife(actor.transitions()), nodes, tasks, files)));
        return List.copyOf(folded);
    }

    private static Actor fold(String id, ActorDefinitionEvent known, ActorLife life, Map<String, Node> nodes,
                              TaskEvidence tasks, LogFiles files) {
        ActorDefinitionEvent d = known != null ? known : undefined(id, life, tasks);
        ActorPlacement at = life.placement();
        long pid = at.pid() != 0 || at.workerId().isEmpty() ? at.pid() : pidBefore254(id, life, tasks, files);
        return new Actor(id, d.jobId().isEmpty() ? jobOf(id) : d.jobId(), d.name(), d.className(), life.state(),
                at.nodeId(), at.workerId(), ipOf(at.nodeId(), life, nodes), pid, at.port(), d.rayNamespace(),
                d.serializedRuntimeEnv(), d.requiredResources(), life.deathCause(), d.detached(),
                IdKind.PLACEMENT_GROUP.orAbsent(d.placementGroupId()), life.reprName(), life.restarts(""),
                life.restarts("LINEAGE_RECONSTRUCTION"), life.restarts("NODE_PREEMPTION"), d.callSite(),
                d.labelSelector(), ms(life.firstAliveNs()), ms(life.endNs()), life.lastNs(), life.placements(),
                life.state() == ActorState.DEAD ? Provenance.RECORDED : Provenance.UNFINISHED);
    }

    private static ActorDefinitionEvent undefined(String id, ActorLife life, TaskEvidence tasks) {
        ActorDeathCause cause = life.lastCause();
        String className = cause == null ? "" : text(cause, "class_name");
        return new ActorDefinitionEvent(NO_ENVELOPE, id, "", false, cause == null ? "" : text(cause, "name"),
                cause == null ? "" : text(cause, "ray_namespace"), "",
                className.isEmpty() ? tasks.creationClassOf(id) : className, Map.of(), "", Map.of(), "", "");
    }

    private static long pidBefore254(String id, ActorLife life, TaskEvidence tasks, LogFiles files) {
        String workerId = life.placement().workerId();
        Object told = life.lastCause() == null ? null : life.lastCause().fields().get("pid");
        long fromCause = told instanceof Number number ? number.longValue() : 0;
        return tasks.pidOfActorWorker(id, workerId).orElse(fromCause != 0 ? fromCause : files.pidOf(workerId));
    }

    private static String ipOf(String nodeId, ActorLife life, Map<String, Node> nodes) {
        if (nodeId.isEmpty()) {
            return "";
        }
        Node node = nodes.get(nodeId);
        if (node != null && !node.ipAddress().isEmpty()) {
            return node.ipAddress();
        }
        return life.lastCause() == null ? "" : text(life.lastCause(), "node_ip_address");
    }

    private static String jobOf(String actorId) {
        return IdKind.ACTOR.isNormal(actorId) ? actorId.substring(24) : "";
    }

    private static String text(ActorDeathCause cause, String field) {
        return cause.fields().get(field) instanceof String text ? text : "";
    }

    private static long ms(long ns) {
        return ns / 1_000_000;
    }
}
