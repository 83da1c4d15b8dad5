package io.rayhistory.domain.query;

import io.rayhistory.domain.event.ActorState;

import java.util.Map;

/** Actors by class and state. */
public record ActorSummary(Page<?> page, Map<String, Map<ActorState, Integer>> byClass) {
}
