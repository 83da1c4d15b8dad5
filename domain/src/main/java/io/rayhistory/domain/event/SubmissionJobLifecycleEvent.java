package io.rayhistory.domain.event;

import java.util.List;

/**
 * SUBMISSION_JOB_LIFECYCLE_EVENT (message since Ray 2.55).
 */
public record SubmissionJobLifecycleEvent(EventEnvelope envelope, String submissionId,
                                          List<SubmissionJobTransition> transitions) implements RayEvent {

    @Override
    public void applyTo(RayEventHandler handler) {
        handler.on(this);
    }
}
