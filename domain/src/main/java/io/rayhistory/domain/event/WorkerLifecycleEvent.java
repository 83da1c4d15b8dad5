package io.rayhistory.domain.event;

import java.util.List;

/**
 * WORKER_LIFECYCLE_EVENT (Ray 2.58 and later).
 */
public record WorkerLifecycleEvent(EventEnvelope envelope, String workerId, String jobId,
                                   List<WorkerTransition> transitions) implements RayEvent {

    @Override
    public void applyTo(RayEventHandler handler) {
        handler.on(this);
    }
}
