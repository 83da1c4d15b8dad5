package io.rayhistory.domain.event;

import java.util.List;

/**
 * DRIVER_JOB_LIFECYCLE_EVENT: {@code CREATED} and {@code FINISHED} (the driver disconnected, in success or not).
 */
public record DriverJobLifecycleEvent(EventEnvelope envelope, String jobId, List<StateTransition> transitions) implements RayEvent {

    @Override
    public void applyTo(RayEventHandler handler) {
        handler.on(this);
    }
}
