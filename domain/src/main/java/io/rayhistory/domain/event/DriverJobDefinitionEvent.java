package io.rayhistory.domain.event;

import java.util.Map;

/**
 * DRIVER_JOB_DEFINITION_EVENT. {@code driverPid} is 0 when absent; {@code metadata} holds {@code job_submission_id} and
 * {@code job_name} when the driver belongs to a submitted job.
 */
public record DriverJobDefinitionEvent(EventEnvelope envelope, String jobId, long driverPid, String driverNodeId,
                                       String entrypoint, String serializedRuntimeEnv,
                                       Map<String, String> metadata) implements RayEvent {

    @Override
    public void applyTo(RayEventHandler handler) {
        handler.on(this);
    }
}
