package io.rayhistory.domain.event;

/** One method per event type: the exhaustive switch over {@link RayEvent}. */
public interface RayEventHandler {

    void on(ActorDefinitionEvent event);

    void on(ActorLifecycleEvent event);

    void on(ActorTaskDefinitionEvent event);

    void on(DriverJobDefinitionEvent event);

    void on(DriverJobLifecycleEvent event);

    void on(NodeDefinitionEvent event);

    void on(NodeLifecycleEvent event);

    void on(PlacementGroupDefinitionEvent event);

    void on(PlacementGroupLifecycleEvent event);

    void on(PlatformEvent event);

    void on(SubmissionJobDefinitionEvent event);

    void on(SubmissionJobLifecycleEvent event);

    void on(TaskDefinitionEvent event);

    void on(TaskLifecycleEvent event);

    void on(TaskProfileEvent event);

    void on(WorkerDefinitionEvent event);

    void on(WorkerLifecycleEvent event);
}
