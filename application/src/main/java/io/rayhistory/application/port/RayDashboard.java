package io.rayhistory.application.port;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * The dashboard of a live head node. Thread-safe; connects when asked for the first time.
 */
public interface RayDashboard extends AutoCloseable {

    /** One answer, read to its end. Thread-confined; closing frees what holds the body. */
    interface Answer extends AutoCloseable {
        /** The HTTP status, of whatever class. */
        int status();

        /** Bytes of the body. */
        long length();

        /** Lower-case hex of the body's SHA-256. */
        String sha256();

        /** The body from its beginning, as often as one likes. */
        InputStream open() throws IOException;

        @Override
        void close();
    }

    /**
     * Sends a GET and reads the answer. Redirects are not followed.
     *
     * @param target  raw path and query, starting with a slash
     * @param timeout for all of it
     * @throws io.rayhistory.domain.HistoryException UNAVAILABLE if no complete answer came in time, TOO_LARGE for a body
     *         above the adapter's limit, INVALID if the target is none or a token is demanded and not configured
     */
    Answer get(String target, Duration timeout);

    /** Base URL, for people. No secrets. */
    String describe();

    @Override
    void close();
}
