package io.rayhistory.application.read;

import io.rayhistory.domain.history.SessionHistory;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One session, loaded. Immutable but for what {@link #logs} and {@link #endpoints} fetch on demand.
 *
 * @param rayVersion as the stored cluster metadata or a log header tells, {@code ""} when unknown
 * @param timezone   {@code offset} and {@code value} of the stored timezone answer; empty when it was not stored
 * @param report     what was read and what was lost while loading
 */
public record StoredSession(SessionEntry entry, SessionHistory history, SessionLogs logs, StoredEndpoints endpoints,
                            String rayVersion, Map<String, String> timezone, LoadReport report) {

    /** The timezone in the order of its names, so that equal sessions are told in equal bytes. */
    public StoredSession {
        timezone = Collections.unmodifiableMap(new TreeMap<>(timezone));
    }
}
