package io.rayhistory.domain.failure;

import io.rayhistory.domain.failure.FailureGroup.Kind;
import io.rayhistory.domain.failure.FailureGroup.Subject;
import io.rayhistory.domain.history.Actor;
import io.rayhistory.domain.history.Job;
import io.rayhistory.domain.history.Node;
import io.rayhistory.domain.history.Provenance;
import io.rayhistory.domain.history.SessionHistory;
import io.rayhistory.domain.history.Task;
import io.rayhistory.domain.history.Worker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What died or failed by itself, before anybody asks which attempts that took along. For one history, one thread. */
final class Incidents {
    private final SessionHistory history;
    private final Map<String, GroupBuilder> byNode = new LinkedHashMap<>();
    /** Nodes of which nobody said whether they were meant to go: causes only if they took something along. */
    private final List<GroupBuilder> doubtful = new ArrayList<>();
    private final Map<String, GroupBuilder> memoryByNode = new LinkedHashMap<>();
    private final Map<String, GroupBuilder> byWorker = new HashMap<>();
    private final Map<String, GroupBuilder> byActor = new LinkedHashMap<>();
    private final List<GroupBuilder> jobs = new ArrayList<>();
    private final List<Actor> constructed = new ArrayList<>();
    private final Map<String, String> exitTypes = new HashMap<>();

    Incidents(SessionHistory history) {
        this.history = history;
        history.nodes().forEach(this::node);
        history.workers().forEach(this::worker);
        history.jobs().forEach(this::job);
        history.actors().forEach(this::actor);
    }

    private void node(Node node) {
        String why = node.stateMessage();
        if (!node.state().equals("DEAD") || NodeDeath.isExpected(node)) {
            return;
        }
        GroupBuilder group = new GroupBuilder(Kind.NODE, node.nodeId()).title("Node " + nameOf(node.nodeId()) + " died")
                .incident(new Subject(node.nodeId(), "", "", ""), why, node.endTimeMs(), node.provenance());
        byNode.put(node.nodeId(), group);
        if (why.isEmpty()) {
            doubtful.add(group);
        }
    }

    private void worker(Worker worker) {
        exitTypes.put(worker.workerId(), worker.exitType());
        if (worker.exitType().equals("NODE_OUT_OF_MEMORY")) {
            byWorker.put(worker.workerId(),
                    memory(worker.nodeId(), worker.workerId(), worker.exitDetail(), worker.endTimeMs(), worker.provenance()));
        }
    }

    /** Workers killed for memory on one node are one cause: the node was too full. */
    private GroupBuilder memory(String nodeId, String workerId, String why, long ms, Provenance provenance) {
        GroupBuilder group = memoryByNode.computeIfAbsent(nodeId, id -> new GroupBuilder(Kind.MEMORY, id)
                .title("Node " + nameOf(id) + " ran out of memory"));
        return group.incident(new Subject(nodeId, "", workerId, ""), why, ms, provenance);
    }

    private void job(Job job) {
        if (!job.status().equals("FAILED")) {
            return;
        }
        String name = job.submissionId().isEmpty() ? job.jobId() : job.submissionId();
        GroupBuilder group = new GroupBuilder(Kind.JOB, name).title("Job " + name + " failed"
                + (job.driverExitCode() == null ? "" : " with exit code " + job.driverExitCode()));
        group.incident(new Subject("", name, "", ""), job.message(), job.endTimeMs(), job.provenance());
        group.ofFailedJob();
        jobs.add(group);
    }

    private void actor(Actor actor) {
        ActorDeath death = ActorDeath.of(actor).orElse(null);
        if (death == null) {
            return;
        }
        switch (death.meaning()) {
            case EXPECTED -> { }
            case NODE -> {
                if (byNode.containsKey(actor.nodeId())) {
                    took(byNode.get(actor.nodeId()), actor);
                }
            }
            case MEMORY -> took(memory(actor.nodeId(), actor.workerId(), death.text(), actor.endTimeMs(), actor.provenance()), actor);
            case CONSTRUCTOR -> constructed.add(actor);
            case UNEXPECTED -> own(actor, death.text());
        }
    }

    private void took(GroupBuilder group, Actor actor) {
        group.actor(actor.actorId());
        byActor.put(actor.actorId(), group);
    }

    private void own(Actor actor, String why) {
        GroupBuilder group = new GroupBuilder(Kind.ACTOR, actor.actorId())
                .title("Actor " + (actor.className().isEmpty() ? actor.actorId() : actor.className()) + " died")
                .incident(new Subject("", "", actor.workerId(), actor.actorId()), why, actor.endTimeMs(), actor.provenance());
        took(group, actor);
    }

    /** Actors whose constructor failed; they belong to the group of that failure. */
    List<Actor> constructed() {
        return constructed;
    }

    /** A constructor's failure that no attempt tells of is an incident of its own. */
    void unexplained(Actor actor) {
        own(actor, "its constructor failed");
    }

    /** The incident that an attempt fell victim to; {@code null} if it failed by itself. */
    GroupBuilder causeOf(Task task, String message) {
        switch (task.errorType()) {
            case "NODE_DIED":
                GroupBuilder ranOn = byNode.get(task.ranOnNodeId());
                return ranOn != null ? ranOn : named(message);
            case "OUT_OF_MEMORY":
                GroupBuilder killed = byWorker.get(task.workerId());
                return killed != null ? killed : memoryByNode.get(task.ranOnNodeId());
            case "WORKER_DIED":
                return byWorker.get(task.workerId());
            case "ACTOR_DIED":
                return byActor.get(task.actorId());
            default:
                return null;
        }
    }

    /** An attempt that never told where it ran: Ray's text names the node. */
    private GroupBuilder named(String message) {
        for (Map.Entry<String, GroupBuilder> node : byNode.entrySet()) {
            if (!node.getKey().isEmpty() && message.contains(node.getKey())) {
                return node.getValue();
            }
        }
        return null;
    }

    /** How the process of an attempt ended, {@code ""} when nobody told. */
    String exitTypeOf(String workerId) {
        return exitTypes.getOrDefault(workerId, "");
    }

    /** All of them, once every attempt has been asked about. */
    List<GroupBuilder> all() {
        List<GroupBuilder> all = new ArrayList<>(byNode.values());
        all.removeIf(group -> doubtful.contains(group) && group.isEmpty());
        all.addAll(memoryByNode.values());
        all.addAll(jobs);
        byActor.values().stream().filter(group -> group.kind == Kind.ACTOR).forEach(all::add);
        return all;
    }

    private String nameOf(String nodeId) {
        String ip = history.node(nodeId).map(Node::ipAddress).orElse("");
        return !ip.isEmpty() ? ip : nodeId.isEmpty() ? "of unknown name" : nodeId;
    }
}
