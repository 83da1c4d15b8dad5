package io.rayhistory.application.read;

import io.rayhistory.domain.id.SessionKey;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One stored session as a listing knows it, without its events being read.
 *
 * @param start   when it started, as its name tells; empty if the name tells no time. The zone is UTC unless stored
 *                facts say otherwise
 * @param marked  false for an orphan: data without a marker (the head was killed)
 * @param folders where its data may also lie, beyond what the key tells: what its marker's own text says. Full names
 *                with a trailing slash; usually empty
 */
public record SessionEntry(SessionKey key, Optional<Instant> start, boolean marked, List<String> folders) {

    public SessionEntry {
        folders = List.copyOf(folders);
    }

    /** A session whose key tells where its data lies. */
    public SessionEntry(SessionKey key, Optional<Instant> start, boolean marked) {
        this(key, start, marked, List.of());
    }
}
