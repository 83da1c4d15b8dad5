package io.rayhistory.application.read;

import java.util.List;

/** Which sessions are stored. */
public interface SessionCatalog {

    /** What a listing found: sessions, newest first (then namespace, cluster, session), and entries it could not read. */
    record Listing(List<SessionEntry> sessions, List<DamagedEntry> damaged) {
    }

    /** An object where a marker should be, and why it is none. */
    record DamagedEntry(String objectName, String reason) {
    }

    /**
     * All stored sessions of all layouts.
     *
     * @throws io.rayhistory.domain.HistoryException UNAVAILABLE if any part of the listing fails
     */
    Listing list();

    /**
     * The session a link means.
     *
     * @param session a session name, or {@code latest} for the newest one of that cluster
     * @param owner   {@code ""}, or {@code rayjob/NAME} / {@code rayservice/NAME} / {@code raycluster} to tell apart
     *                sessions that differ only in their owner; without it the marked one that is newest wins
     * @throws io.rayhistory.domain.HistoryException INVALID for names that are no safe path segment, MISSING if nothing
     *         is stored under that name, UNAVAILABLE if the store cannot tell
     */
    SessionEntry resolve(String namespace, String cluster, String session, String owner);

    /** Where sessions are looked for, for people: the store and the root prefix. */
    String describe();
}
