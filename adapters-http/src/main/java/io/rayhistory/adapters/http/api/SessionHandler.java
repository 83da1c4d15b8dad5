package io.rayhistory.adapters.http.api;

import io.javalin.http.Context;
import io.rayhistory.application.read.StoredSession;

/** Answers one request about one session. Called by many threads at once. */
@FunctionalInterface
public interface SessionHandler {

    /**
     * Writes the answer. Whatever it throws becomes an error in the endpoint's {@link ErrorStyle}; once bytes have been
     * sent, the connection is cut instead, so that a broken answer never looks like a complete one.
     */
    void handle(Context ctx, StoredSession session) throws Exception;
}
