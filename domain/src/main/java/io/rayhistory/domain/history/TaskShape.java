package io.rayhistory.domain.history;

import io.rayhistory.domain.event.TaskDefinition;
import io.rayhistory.domain.event.TaskType;
import io.rayhistory.domain.id.IdKind;

import java.util.Map;

/**
 * What the attempts of one call site have in common: everything an owner says about a task but its id, its attempt and
 * its parent. Some dozen of these describe a session of thousands of attempts.
 *
 * @param callName Ray's {@code func_or_class_name}
 * @param defined  false when no owner told anything and the rest was put together from other events
 */
record TaskShape(TaskType type, String language, String callName, String name, String actorId, String placementGroupId,
                 Map<String, Double> requiredResources, String serializedRuntimeEnv, String callSite,
                 Map<String, String> labelSelector, String fallbackStrategy, boolean detachedActor, boolean defined) {

    static TaskShape of(TaskDefinition d) {
        return new TaskShape(d.type(), d.language(), d.function().callName(), d.name(), d.actorId(),
                IdKind.PLACEMENT_GROUP.orAbsent(d.placementGroupId()), d.requiredResources(), d.serializedRuntimeEnv(), d.callSite(), d.labelSelector(),
                d.fallbackStrategy(), d.detachedActor(), true);
    }

    /** The shape of an attempt whose owner told nothing: what its id and its executor tell. */
    static TaskShape undefined(TaskType type, String actorId, String name, String callName) {
        return new TaskShape(type, "PYTHON", callName, name, actorId, "", Map.of(), "", "", Map.of(), "", false, false);
    }
}
