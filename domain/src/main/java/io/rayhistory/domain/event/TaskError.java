package io.rayhistory.domain.event;

/**
 * Why an attempt failed: the name of Ray's ErrorType (numbers shifted between versions) and the text with its ANSI codes.
 */
public record TaskError(String type, String message) {
}
