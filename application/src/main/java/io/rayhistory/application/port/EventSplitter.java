package io.rayhistory.application.port;

import java.io.IOException;
import java.io.InputStream;

/**
 * Cuts a body that Ray posts into its events without understanding more of them than where each belongs. Their bytes are
 * kept as sent: key order, escapes, long numbers. Thread-safe; a body being split holds one event and its buffers.
 *
 * <p>Accepts a JSON array, one object, and JSON lines; camelCase and snake_case; a byte order mark in front. An element
 * that cannot be used is told to the sink, the others go on.
 */
public interface EventSplitter {

    /**
     * One event. The bytes are lent for the length of the call.
     *
     * @param session      its {@code sessionName} as sent, {@code ""} if there is none
     * @param eventId      as sent, {@code ""} if there is none
     * @param jobId        as sent, of the first {@linkplain io.rayhistory.domain.layout.EventStream#JOB_ID_BEARERS member
     *                     that has one}; {@code ""} for none and for events about nodes
     * @param hasTimestamp whether it has a timestamp that is a text
     * @param bytes        holds the event on one line, verbatim but for blanks between tokens, without a line end
     */
    record PostedEvent(String session, String eventId, String jobId, boolean hasTimestamp, byte[] bytes, int offset, int length) {
    }

    /** Takes what a body holds, in its order. What it throws ends the splitting and passes through. */
    interface Sink {
        void event(PostedEvent event) throws IOException;

        /**
         * Something between two commas that is no event.
         *
         * @param reason short and safe to show
         * @param start  holds its first bytes, from 0, lent for the length of the call
         * @param length at most 64 KiB
         */
        void rejected(String reason, byte[] start, int length) throws IOException;
    }

    /**
     * Splits a body to its end.
     *
     * @throws IOException only if the stream itself, or the sink, fails
     * @throws io.rayhistory.domain.HistoryException INVALID when the body as a whole is no JSON or ends early, UNAVAILABLE
     *         when too many large events are being read at once; the sink may have been told events by then
     */
    void split(InputStream body, Sink sink) throws IOException;
}
