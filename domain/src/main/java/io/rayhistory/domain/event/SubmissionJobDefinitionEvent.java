package io.rayhistory.domain.event;

import java.util.Map;

/**
 * SUBMISSION_JOB_DEFINITION_EVENT (message since Ray 2.55).
 */
public record SubmissionJobDefinitionEvent(EventEnvelope envelope, String submissionId, String entrypoint,
                                           String serializedRuntimeEnv, Map<String, String> metadata) implements RayEvent {

    @Override
    public void applyTo(RayEventHandler handler) {
        handler.on(this);
    }
}
