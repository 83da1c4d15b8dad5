package io.rayhistory.domain.event;

import java.util.Map;

/**
 * Why an actor died.
 *
 * @param kind   Ray's member name in snake_case, such as {@code actor_died_error_context}
 * @param fields snake_case keys to values (text, number, boolean, map) in the order sent, ids in normal form
 */
public record ActorDeathCause(String kind, Map<String, Object> fields) {
}
