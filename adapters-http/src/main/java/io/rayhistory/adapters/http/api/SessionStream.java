package io.rayhistory.adapters.http.api;

import io.rayhistory.application.read.StoredSession;

import java.io.IOException;
import java.util.Map;

/** Sends text to a client that listens. */
@FunctionalInterface
public interface SessionStream {

    /** Takes text frames; blocks while the client is slow. */
    interface Frames {
        void send(String text) throws IOException;
    }

    /**
     * Prepares the stream; what is thrown here is answered before the connection is upgraded.
     *
     * @param pathParams decoded {@code {name}} segments
     */
    Opened open(Map<String, String> pathParams, StoredSession session);

    /** A stream that can start; the connection closes normally when it returns. */
    @FunctionalInterface
    interface Opened {
        void run(Frames frames) throws IOException;
    }
}
