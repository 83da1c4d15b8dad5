package io.rayhistory.domain.history;

import io.rayhistory.domain.event.ActorDefinitionEvent;
import io.rayhistory.domain.event.ActorLifecycleEvent;
import io.rayhistory.domain.event.ActorTaskDefinitionEvent;
import io.rayhistory.domain.event.DriverJobDefinitionEvent;
import io.rayhistory.domain.event.DriverJobLifecycleEvent;
import io.rayhistory.domain.event.EventEnvelope;
import io.rayhistory.domain.event.NodeDefinitionEvent;
import io.rayhistory.domain.event.NodeLifecycleEvent;
import io.rayhistory.domain.event.PlacementGroupDefinitionEvent;
import io.rayhistory.domain.event.PlacementGroupLifecycleEvent;
import io.rayhistory.domain.event.PlatformEvent;
import io.rayhistory.domain.event.RayEvent;
import io.rayhistory.domain.event.RayEventHandler;
import io.rayhistory.domain.event.SubmissionJobDefinitionEvent;
import io.rayhistory.domain.event.SubmissionJobLifecycleEvent;
import io.rayhistory.domain.event.TaskDefinitionEvent;
import io.rayhistory.domain.event.TaskLifecycleEvent;
import io.rayhistory.domain.event.TaskProfileEvent;
import io.rayhistory.domain.event.TaskTransition;
import io.rayhistory.domain.event.WorkerDefinitionEvent;
import io.rayhistory.domain.event.WorkerLifecycleEvent;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Hands each event to the facts it belongs to, and keeps the few things that any event may tell. */
final class EventIntake implements RayEventHandler {
    final TaskFacts tasks;
    final ActorFacts actors = new ActorFacts();
    final NodeFacts nodes = new NodeFacts();
    final WorkerFacts workers = new WorkerFacts();
    final JobFacts jobs = new JobFacts();
    final PlacementGroupFacts placementGroups = new PlacementGroupFacts();
    final PlatformFacts platform = new PlatformFacts();
    final Set<String> nodesSeen = new HashSet<>();
    final Map<String, String> nodeIps = new HashMap<>();
    private long firstNs = Long.MAX_VALUE;
    private long lastNs;

    EventIntake() {
        this(new TaskFacts());
    }

    private EventIntake(TaskFacts tasks) {
        this.tasks = tasks;
    }

    /** For another thread and events about tasks alone; to be {@linkplain #absorb absorbed} when it is done. */
    EventIntake part() {
        return new EventIntake(tasks.part());
    }

    void absorb(EventIntake part) {
        tasks.absorb(part.tasks);
        nodesSeen.addAll(part.nodesSeen);
        part.nodeIps.forEach(this::seenAt);
        at(part.firstNs());
        at(part.lastNs());
    }

    private void seenAt(String nodeId, String ip) {
        // Two addresses for one node would be damage; the larger text makes the choice independent of order.
        nodeIps.merge(nodeId, ip, (a, b) -> a.compareTo(b) >= 0 ? a : b);
    }

    static boolean isAboutTask(RayEvent event) {
        return event instanceof TaskLifecycleEvent || event instanceof TaskProfileEvent
                || event instanceof TaskDefinitionEvent || event instanceof ActorTaskDefinitionEvent;
    }

    void take(RayEvent event) {
        at(event.envelope().timeNs());
        if (!event.envelope().nodeId().isEmpty()) {
            nodesSeen.add(event.envelope().nodeId());
        }
        event.applyTo(this);
    }

    private void at(long timeNs) {
        if (timeNs > 0) {
            firstNs = Math.min(firstNs, timeNs);
            lastNs = Math.max(lastNs, timeNs);
        }
    }

    /** The earliest time told, 0 when none was. */
    long firstNs() {
        return firstNs == Long.MAX_VALUE ? 0 : firstNs;
    }

    /** The latest time told, 0 when none was: where the record ends. */
    long lastNs() {
        return lastNs;
    }

    @Override
    public void on(TaskDefinitionEvent event) {
        tasks.define(event.envelope(), event.task());
    }

    @Override
    public void on(ActorTaskDefinitionEvent event) {
        tasks.define(event.envelope(), event.task());
    }

    @Override
    public void on(TaskLifecycleEvent event) {
        for (TaskTransition transition : event.transitions()) {
            at(transition.timeNs());
        }
        tasks.update(event);
    }

    @Override
    public void on(TaskProfileEvent event) {
        EventEnvelope envelope = event.envelope();
        if (event.componentType().equals("worker") && !envelope.nodeId().isEmpty()) {
            seenAt(envelope.nodeId(), event.nodeIpAddress());
        }
        tasks.profile(event);
    }

    @Override
    public void on(ActorDefinitionEvent event) {
        actors.add(event);
    }

    @Override
    public void on(ActorLifecycleEvent event) {
        event.transitions().forEach(t -> at(t.timeNs()));
        actors.add(event);
    }

    @Override
    public void on(NodeDefinitionEvent event) {
        nodes.add(event);
    }

    @Override
    public void on(NodeLifecycleEvent event) {
        event.transitions().forEach(t -> at(t.timeNs()));
        nodes.add(event);
    }

    @Override
    public void on(WorkerDefinitionEvent event) {
        workers.add(event);
    }

    @Override
    public void on(WorkerLifecycleEvent event) {
        event.transitions().forEach(t -> at(t.timeNs()));
        workers.add(event);
    }

    @Override
    public void on(DriverJobDefinitionEvent event) {
        jobs.add(event);
    }

    @Override
    public void on(DriverJobLifecycleEvent event) {
        event.transitions().forEach(t -> at(t.timeNs()));
        jobs.add(event);
    }

    @Override
    public void on(SubmissionJobDefinitionEvent event) {
        jobs.add(event);
    }

    @Override
    public void on(SubmissionJobLifecycleEvent event) {
        event.transitions().forEach(t -> at(t.timeNs()));
        jobs.add(event);
    }

    @Override
    public void on(PlacementGroupDefinitionEvent event) {
        placementGroups.add(event);
    }

    @Override
    public void on(PlacementGroupLifecycleEvent event) {
        event.transitions().forEach(t -> at(t.timeNs()));
        placementGroups.add(event);
    }

    @Override
    public void on(PlatformEvent event) {
        platform.add(event);
    }
}
