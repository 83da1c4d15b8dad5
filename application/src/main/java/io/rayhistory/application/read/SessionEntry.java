package io.rayhistory.application.read;

import io.rayhistory.domain.id.SessionKey;

import java.time.Instant;
import java.util.Optional;

/**
 * One stored session as a listing knows it, without its events being read.
 *
 * @param start  when it started, as its name tells; empty if the name tells no time. The zone is UTC unless stored
 *               facts say otherwise
 * @param marked false for an orphan: data without a marker (the head was killed)
 */
public record SessionEntry(SessionKey key, Optional<Instant> start, boolean marked) {
}
