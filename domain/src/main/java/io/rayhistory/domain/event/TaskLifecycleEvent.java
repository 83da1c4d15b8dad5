package io.rayhistory.domain.event;

import java.util.List;

/**
 * TASK_LIFECYCLE_EVENT (and TASK_EXECUTION_EVENT of Ray 2.49 and 2.50): a partial update of one attempt, from its owner
 * or its executor. The transitions may be empty when the event only carries log info.
 *
 * @param jobId          may be {@code ""}; derive the job from the task id instead
 * @param workerPid      0 when absent
 * @param error          {@code null} when absent
 * @param debuggerPaused {@code null} when absent; an explicit {@code false} counts
 * @param logInfo        {@code null} when absent
 */
public record TaskLifecycleEvent(EventEnvelope envelope, String taskId, int attempt, String jobId,
                                 List<TaskTransition> transitions, String nodeId, String workerId, int workerPid,
                                 TaskError error, Boolean debuggerPaused, String actorReprName,
                                 TaskLogInfo logInfo) implements RayEvent {

    @Override
    public void applyTo(RayEventHandler handler) {
        handler.on(this);
    }
}
