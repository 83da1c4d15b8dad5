package io.rayhistory.domain.event;

/**
 * WORKER_DEFINITION_EVENT (Ray 2.58 and later). Type: {@code WORKER DRIVER SPILL_WORKER RESTORE_WORKER}.
 */
public record WorkerDefinitionEvent(EventEnvelope envelope, String workerId, String nodeId, String workerType,
                                    long pid) implements RayEvent {

    @Override
    public void applyTo(RayEventHandler handler) {
        handler.on(this);
    }
}
